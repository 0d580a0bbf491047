import type { Moved } from '../app/timeTravel.ts';
import { type Asking, announce } from './announce.ts';
import { undoRow } from './components/undo.ts';

/** Says who took the story where, with Undo. What was asked twice is said once. */
export async function tellMove(
  interaction: Asking,
  chat: string,
  { undo }: Moved,
  line: string,
): Promise<void> {
  if (undo === null) return;
  await announce(interaction, line, [undoRow(chat, undo, interaction.guildLocale)]);
}
