import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Undoing } from '../src/app/timeTravel.ts';
import { announce } from '../src/discord/announce.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { offerRewind } from '../src/discord/offerRewind.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';
import { nodeId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';

const NUMBER = /^\d{1,5}$/;
const LAST: Undoing = { kind: 'last' };

/** Takes the story back to an earlier point, after a look at what would go; or takes that back. */
export const rewind = {
  group: 'travel',
  data: {
    name: 'rewind',
    description: 'Take the story back to an earlier point',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'to',
        description: 'How many messages back, or which one to return to',
        autocomplete: true,
        max_length: 64,
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'undo',
        description: 'Take the last move of the story back instead',
      },
    ],
  },

  async execute(interaction, bot) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(bot.troupe, interaction.channelId);
    const { travel } = bot.troupe;
    if (interaction.options.getBoolean('undo') === true) {
      const traveller = { by: standingOf(interaction), command: interaction.id };
      await travel.undo(chat, LAST, traveller);
      await interaction.editReply(textsFor(interaction.locale).travel.load.done);
      const { undo } = textsFor(interaction.guildLocale).travel;
      return await announce(interaction, undo.told(interaction.user.id));
    }
    const asked = interaction.options.getString('to')?.trim() ?? '1';
    const to = NUMBER.test(asked) ? travel.back(chat, Number(asked)) : nodeId.safeParse(asked).data;
    if (to === undefined) throw new Refusal('out-of-date');
    await offerRewind(interaction, bot, chat, to);
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const typed = interaction.options.getFocused().trim().toLowerCase();
    const { choice } = textsFor(interaction.locale).travel.rewind;
    const points = here === null ? [] : troupe.travel.points(here.chat);
    const choices = points.map(({ node, name, words }, index) => ({
      name: choice(index + 1, name, words.replaceAll(/\s+/g, ' ')),
      value: node,
    }));
    await respondWith(
      interaction,
      choices.filter(({ name }) => name.toLowerCase().includes(typed)),
    );
  },
} as const satisfies Command;
