import { z } from 'zod';
import type { Moved, Undoing } from '../../app/timeTravel.ts';
import { chatId, nodeId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Takes a move of the story back, as long as nothing came after it; then the button says so. */
export const undo = defineComponent({
  name: 'undo',
  args: z.tuple([chatId, z.enum(['move', 'step']), nodeId]),
  ofStory: true,
  async execute(interaction, [chat, kind, which], { troupe }) {
    await interaction.deferUpdate();
    const { undo: words } = textsFor(interaction.guildLocale).travel;
    const traveller = { by: standingOf(interaction), command: buttonCommand(interaction) };
    const what: Undoing =
      kind === 'move'
        ? { kind, version: z.coerce.number().int().parse(which) }
        : { kind, node: which };
    try {
      await troupe.travel.undo(chat, what, traveller);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'nothing-to-undo') throw error;
      const over = { ...button('Secondary', words.over, interaction.customId), disabled: true };
      await interaction.editReply({ components: [buttonRow(over)] });
      return;
    }
    await interaction.editReply({ content: words.told(interaction.user.id), components: [] });
  },
});

/** @param locale of the guild: everyone reads it */
export const undoRow = (
  chat: string,
  undoing: NonNullable<Moved['undo']>,
  locale: string | null,
) => {
  const which = undoing.kind === 'move' ? String(undoing.version) : undoing.node;
  const id = customId(undo.name, chat, undoing.kind, which);
  return buttonRow(button('Secondary', textsFor(locale).travel.undo.button, id));
};
