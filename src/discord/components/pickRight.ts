import { z } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import { isRight } from '../../engine/rights.ts';
import { defineComponent } from '../component.ts';
import { grantCard, PICK_RIGHT } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** Shows which roles hold a right. */
export const pickRight = defineComponent({
  name: PICK_RIGHT,
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    const [right = ''] = interaction.isStringSelectMenu() ? interaction.values : [];
    if (!isRight(right)) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    const now = troupe.settings.of(homeOf(interaction), askedBy(interaction));
    await interaction.editReply(grantCard(right, now, textsFor(interaction.locale)));
  },
});
