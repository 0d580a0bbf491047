import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { offerCharacters, offerOpening, pickCharacter } from '../src/discord/offerOpening.ts';
import { textOption } from '../src/discord/viewerOf.ts';

const others = ['with', 'and', 'also'] as const;

const another = (name: string) => ({
  type: ApplicationCommandOptionType.String as const,
  name,
  description: 'Who else is there from the beginning',
  autocomplete: true,
});

/** Proposes the opening of a story in this channel. */
export const start = {
  group: 'play',
  data: {
    name: 'start',
    description: 'Begin a story here with a character',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'character',
        description: 'Who you want to play with',
        required: true,
        autocomplete: true,
      },
      ...others.map(another),
    ],
  },

  async execute(interaction, bot) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const all = bot.troupe.characters(homeOf(interaction), '');
    const asked = ['character', ...others].flatMap((name) => textOption(interaction, name) ?? []);
    // Where nobody is left to pick, that is what is said.
    const characters = all.length === 0 ? [] : asked.map((each) => pickCharacter(all, each).id);
    await offerOpening(interaction, bot, { characters, room: null });
  },

  autocomplete: offerCharacters,
} as const satisfies Command;
