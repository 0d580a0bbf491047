import type { ChatInputCommandInteraction } from 'discord.js';
import type { Changed } from '../app/worldEdits.ts';
import { takeBackRow } from './components/takeBack.ts';
import { textsFor } from './texts.ts';

/** One quiet line for everyone about what was changed, with the button that takes it back. */
export async function editLine(
  interaction: ChatInputCommandInteraction,
  chat: string,
  { node }: Changed,
  line: string,
): Promise<void> {
  const { undo } = textsFor(interaction.guildLocale).world;
  await interaction.editReply({
    content: line.slice(0, 2_000),
    components: [takeBackRow(chat, node, undo)],
    allowedMentions: { parse: [] },
  });
}
