import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';

type Style = keyof Pick<typeof ButtonStyle, 'Primary' | 'Secondary' | 'Danger'>;

/** A button as Discord takes it. @param id from `customId` */
export const button = (
  style: Style,
  label: string,
  id: string,
): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle[style],
  label,
  custom_id: id,
});

/** A button that only says something. */
export const label = (text: string, id: string): APIButtonComponentWithCustomId => ({
  ...button('Secondary', text, id),
  disabled: true,
});

/** Buttons beside each other, at most five; the safe one first. */
export const buttonRow = (
  ...components: APIButtonComponentWithCustomId[]
): APIActionRowComponent<APIButtonComponentWithCustomId> => ({
  type: ComponentType.ActionRow,
  components,
});
