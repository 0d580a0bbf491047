import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { CHOOSE_GREETING, kickoffCard } from '../embeds/kickoffCard.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Shows an opening with other first words; the last part of its id tells the two arrows apart. */
export const firstWords = defineComponent({
  name: CHOOSE_GREETING,
  args: z.tuple([chatId, z.string().regex(/^\d{1,2}$/), z.enum(['e', 'l'])]),
  async execute(interaction, [id, at], { troupe, avatars }) {
    await interaction.deferUpdate();
    const opening = troupe.openings.choose(id, Number(at), standingOf(interaction));
    const avatar = await avatars.url(opening.sheet.avatar);
    await interaction.editReply(kickoffCard(opening, avatar, textsFor(interaction.locale)));
  },
});
