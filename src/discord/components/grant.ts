import { z } from 'zod';
import { rights } from '../../engine/rights.ts';
import { defineComponent } from '../component.ts';
import { GRANT, grantCard } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** Gives a right to the roles that were picked; to none for as usual. */
export const grant = defineComponent({
  name: GRANT,
  args: z.tuple([z.enum(rights)]),
  async execute(interaction, [right], { troupe }) {
    await interaction.deferUpdate();
    const roles = interaction.isRoleSelectMenu() ? interaction.values : [];
    const now = troupe.settings.grant(homeOf(interaction), right, roles, askedBy(interaction));
    await interaction.editReply(grantCard(right, now, textsFor(interaction.locale)));
  },
});
