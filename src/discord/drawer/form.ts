import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
} from 'discord.js';
import { LONGEST_TEXT, textField } from '../textField.ts';
import type { Texts } from '../texts.ts';

type Words = Texts['drawerUi'];

/** A field of a form: to be written into, or with values to pick from. */
export interface Field {
  readonly id: keyof Words['fields'];
  /** As it stands. */
  readonly value: string;
  /** Characters that it takes; a long one has several lines. */
  readonly most?: number;
  readonly required?: boolean;
  readonly picks?: readonly { readonly label: string; readonly value: string }[];
}

export type Filled = Readonly<Partial<Record<Field['id'], string>>>;

/** A form as Discord takes it. @param id from `customId` */
export const formOf = (
  id: string,
  title: string,
  fields: readonly Field[],
  { fields: names }: Words,
): APIModalInteractionResponseCallbackData => ({
  custom_id: id,
  title: title.slice(0, 45),
  components: fields.map(({ id: field, value, most = 100, required = false, picks }) =>
    picks === undefined
      ? textField({
          id: field,
          label: names[field],
          value,
          most: Math.min(most, LONGEST_TEXT),
          required,
        })
      : {
          type: ComponentType.Label,
          label: names[field].slice(0, 45),
          component: {
            type: ComponentType.StringSelect,
            custom_id: field,
            options: picks.map((pick) => ({ ...pick, default: pick.value === value })),
          },
        },
  ),
});

/** What was filled in, without the blanks around it. */
export const filledIn = ({ fields }: ModalSubmitInteraction): Filled =>
  Object.fromEntries(
    fields.fields.map((field) => [
      field.customId,
      field.type === ComponentType.StringSelect
        ? (field.values[0] ?? '')
        : field.type === ComponentType.TextInput
          ? field.value.trim()
          : '',
    ]),
  );
