import { z } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import { defineComponent } from '../component.ts';
import { adultRules, dashboard, SET_ADULTS } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** Where adult characters play. */
export const setAdults = defineComponent({
  name: SET_ADULTS,
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    const [value] = interaction.isStringSelectMenu() ? interaction.values : [];
    const adults = adultRules.find((each) => each === value);
    if (adults === undefined) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    const now = troupe.settings.set(homeOf(interaction), { adults }, askedBy(interaction));
    await interaction.editReply(dashboard(now, textsFor(interaction.locale)));
  },
});
