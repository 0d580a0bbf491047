import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { takeBackRow } from '../components/takeBack.ts';
import { textsFor } from '../texts.ts';

type Asking = MessageComponentInteraction | ModalSubmitInteraction;

/** Steps that everyone was told of lately: pressed twice, a button makes one, and it is told once. */
const told = new Set<string>();
const REMEMBERED = 1_000;

const NOBODY = { allowedMentions: { parse: [] as [] } };

/** One quiet line for everyone about what was changed, with the button that takes it back. */
export async function tellEdit(
  interaction: Asking,
  chat: string,
  node: string,
  line: string,
): Promise<void> {
  if (told.has(node)) return;
  told.add(node);
  const [oldest] = told;
  if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest);
  const { undo } = textsFor(interaction.guildLocale).world;
  const components = [takeBackRow(chat, node, undo)];
  await interaction.followUp({ content: line.slice(0, 2_000), components, ...NOBODY });
}

export async function tellUndone(interaction: Asking): Promise<void> {
  const { lines } = textsFor(interaction.guildLocale).drawerUi;
  await interaction.followUp({ content: lines.undone(interaction.user.id), ...NOBODY });
}
