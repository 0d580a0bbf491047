import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import { defineComponent } from '../component.ts';
import { failureText, STATUS_FAILURE } from '../embeds/statusCard.ts';
import { homeOf } from '../homeOf.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

const failure = z.tuple([z.string().regex(/^\d{1,15}$/)]);

/** What a model said that could not be used, to whoever looks after the home. */
export const statusFailure = defineComponent({
  name: STATUS_FAILURE,
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    if (!interaction.isStringSelectMenu()) throw new Refusal('out-of-date');
    const [id] = failure.parse(interaction.values);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const texts = textsFor(interaction.locale);
    const by = standingOf(interaction);
    const found = troupe.status.failure(homeOf(interaction), by, Number(id));
    await interaction.editReply(
      found === null ? texts.status.gone : { embeds: [failureText(found, texts)] },
    );
  },
});
