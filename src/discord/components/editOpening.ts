import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { EDIT_OPENING } from '../embeds/kickoffCard.ts';
import { openingForm } from '../modals/opening.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Opens the form of an opening, filled in as it is. */
export const editOpening = defineComponent({
  name: EDIT_OPENING,
  args: z.tuple([chatId]),
  async execute(interaction, [id], { troupe }) {
    const opening = troupe.openings.opening(id, standingOf(interaction));
    await interaction.showModal(openingForm(opening, textsFor(interaction.locale)));
  },
});
