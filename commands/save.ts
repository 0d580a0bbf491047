import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Names the point where the story stands, to return to it. */
export const save = {
  group: 'travel',
  data: {
    name: 'save',
    description: 'Keep this point of the story under a name',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'What to call this point',
        required: true,
        min_length: 1,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    const name = interaction.options.getString('name', true).trim();
    const traveller = { by: standingOf(interaction), command: interaction.id };
    await troupe.travel.save(chat, name, traveller);
    await interaction.editReply(textsFor(interaction.locale).travel.save.done(name));
  },
} as const satisfies Command;
