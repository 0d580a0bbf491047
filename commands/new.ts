import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Room } from '../src/app/ports/rooms.ts';
import type { Command } from '../src/discord/command.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { offerCharacters, offerOpening, pickCharacter } from '../src/discord/offerOpening.ts';
import { textOption } from '../src/discord/viewerOf.ts';

/** A fresh story with the same character, or another. */
export const fresh = {
  group: 'stories',
  data: {
    name: 'new',
    description: 'Begin a fresh story, with the same character or another',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'where',
        description: 'Where to play it; here, if you leave it out',
        choices: [
          { name: 'here', value: 'here' },
          { name: 'in a thread', value: 'thread' },
          { name: 'in a channel of its own', value: 'channel' },
          { name: 'in a private thread for you', value: 'private' },
        ],
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'character',
        description: 'Who you want to play with; the same as here, if you leave it out',
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, bot) {
    const { troupe } = bot;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const where = interaction.options.getString('where') ?? 'here';
    const all = troupe.characters(homeOf(interaction), '');
    const [first = ''] = troupe.storyIn(interaction.channelId)?.characters ?? [];
    const asked = textOption(interaction, 'character') ?? first;
    const characters = all.length === 0 ? [] : [pickCharacter(all, asked).id];
    const room = where === 'here' ? null : (where as Room['kind']);
    await offerOpening(interaction, bot, { characters, room });
  },

  autocomplete: offerCharacters,
} as const satisfies Command;
