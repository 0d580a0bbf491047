import { ApplicationCommandOptionType, escapeMarkdown, MessageFlags } from 'discord.js';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { standingOf } from '../src/discord/standing.ts';
import { tellMove } from '../src/discord/tellMove.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Takes the story to a point that was kept. */
export const load = {
  group: 'travel',
  data: {
    name: 'load',
    description: 'Take the story to a point that was kept',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'Which point',
        required: true,
        autocomplete: true,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    const name = interaction.options.getString('name', true).trim();
    const traveller = { by: standingOf(interaction), command: interaction.id };
    const moved = await troupe.travel.load(chat, name, traveller);
    await interaction.editReply(textsFor(interaction.locale).travel.load.done);
    const { told } = textsFor(interaction.guildLocale).travel.load;
    await tellMove(interaction, chat, moved, told(interaction.user.id, escapeMarkdown(name)));
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const typed = interaction.options.getFocused();
    const names = here === null ? [] : troupe.travel.saves(here.chat, typed);
    await respondWith(
      interaction,
      names.map((name) => ({ name, value: name })),
    );
  },
} as const satisfies Command;
