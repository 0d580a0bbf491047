import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { CANCEL_OPENING } from '../embeds/kickoffCard.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Leaves everything as it is, and the opening behind. */
export const cancelOpening = defineComponent({
  name: CANCEL_OPENING,
  args: z.tuple([chatId]),
  async execute(interaction, [id], { troupe }) {
    await interaction.deferUpdate();
    troupe.openings.cancel(id, standingOf(interaction));
    const { cancelled } = textsFor(interaction.locale).start;
    await interaction.editReply({ content: cancelled, embeds: [], components: [] });
  },
});
