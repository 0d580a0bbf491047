import { z } from 'zod';
import { defineComponent } from '../component.ts';
import { DASHBOARD, dashboard } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** Back to the whole of a server's settings. */
export const openDashboard = defineComponent({
  name: DASHBOARD,
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    await interaction.deferUpdate();
    const now = troupe.settings.of(homeOf(interaction), askedBy(interaction));
    await interaction.editReply(dashboard(now, textsFor(interaction.locale)));
  },
});
