import { type APILabelComponent, ComponentType, TextInputStyle } from 'discord.js';

/** Discord's limits of a form, in characters. */
const LABEL = 45;
const HINT = 100;
export const LONGEST_TEXT = 4_000;
/** From here on a field has several lines, unless it says otherwise. */
const LONG = 200;

export interface TextField {
  /** By which what was written is read. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** As it stands; what the field does not take of it is cut off. */
  readonly value?: string;
  readonly placeholder?: string;
  /** Characters that it takes. */
  readonly most: number;
  readonly lines?: 'one' | 'several';
  /** Whether it must not be left empty. */
  readonly required?: boolean;
}

/** A field of a form that is written into. */
export const textField = ({
  id,
  label,
  hint = '',
  value = '',
  placeholder = '',
  most,
  lines = most > LONG ? 'several' : 'one',
  required = false,
}: TextField): APILabelComponent => ({
  type: ComponentType.Label,
  label: label.slice(0, LABEL),
  ...(hint === '' ? {} : { description: hint.slice(0, HINT) }),
  component: {
    type: ComponentType.TextInput,
    custom_id: id,
    style: lines === 'one' ? TextInputStyle.Short : TextInputStyle.Paragraph,
    required,
    max_length: most,
    ...(placeholder === '' ? {} : { placeholder }),
    ...(value === '' ? {} : { value: value.slice(0, most) }),
  },
});
