import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
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

/** From here on a field has several lines. */
const LONG = 200;
const LONGEST = 4_000;

/** A form as Discord takes it. @param id from `customId` */
export const formOf = (
  id: string,
  title: string,
  fields: readonly Field[],
  { fields: names }: Words,
): APIModalInteractionResponseCallbackData => ({
  custom_id: id,
  title: title.slice(0, 45),
  components: fields.map(({ id: name, value, most = 100, required = false, picks }) => ({
    type: ComponentType.Label,
    label: names[name].slice(0, 45),
    component:
      picks === undefined
        ? {
            type: ComponentType.TextInput,
            custom_id: name,
            style: most > LONG ? TextInputStyle.Paragraph : TextInputStyle.Short,
            required,
            max_length: Math.min(most, LONGEST),
            ...(value === '' ? {} : { value: value.slice(0, Math.min(most, LONGEST)) }),
          }
        : {
            type: ComponentType.StringSelect,
            custom_id: name,
            options: picks.map((pick) => ({ ...pick, default: pick.value === value })),
          },
  })),
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
