import { z } from 'zod';
import { defineComponent } from '../component.ts';
import { SET_LIMITS } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { limitsForm } from '../modals/limits.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** Opens the form of a day's limits, filled in as they are. */
export const setLimits = defineComponent({
  name: SET_LIMITS,
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    const now = troupe.settings.of(homeOf(interaction), askedBy(interaction));
    await interaction.showModal(limitsForm(now, textsFor(interaction.locale)));
  },
});
