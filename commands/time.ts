import { ApplicationCommandOptionType } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { editLine } from '../src/discord/editLine.ts';
import { clockTime } from '../src/discord/embeds/sceneCard.ts';
import { textsFor } from '../src/discord/texts.ts';
import { askedBy, storyHere, textOption } from '../src/discord/viewerOf.ts';
import { Refusal } from '../src/engine/refusal.ts';

const { Subcommand, String: Text, Integer } = ApplicationCommandOptionType;

const MINUTES = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 } as const;
const isUnit = (text: string): text is keyof typeof MINUTES => Object.hasOwn(MINUTES, text);

/** The story's own clock. */
export const time = {
  group: 'world',
  data: {
    name: 'time',
    description: "The story's own time",
    options: [
      {
        type: Subcommand,
        name: 'advance',
        description: 'Let time pass in the story, or set it back',
        options: [
          {
            type: Integer,
            name: 'amount',
            description: 'How much; less than nothing sets the clock back',
            required: true,
            min_value: -10_000,
            max_value: 10_000,
          },
          {
            type: Text,
            name: 'unit',
            description: 'Of what',
            required: true,
            choices: Object.keys(MINUTES).map((value) => ({ name: value, value })),
          },
        ],
      },
      {
        type: Subcommand,
        name: 'set',
        description: "Say what the story's days are counted from",
        options: [
          {
            type: Text,
            name: 'anchor',
            description: 'Such as "Day 1 = the first frost"',
            required: true,
            max_length: 200,
          },
        ],
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply();
    const { chat } = storyHere(troupe, interaction.channelId);
    const words = textsFor(interaction.guildLocale).world.time;
    const { id } = interaction.user;
    const asked = askedBy(interaction);
    if (interaction.options.getSubcommand() === 'set') {
      const anchor = textOption(interaction, 'anchor');
      if (anchor === null) throw new Refusal('bad-setting', { field: 'anchor' });
      const changed = await troupe.world.time(chat, { minutes: 0, anchor }, asked);
      return editLine(interaction, chat, changed, words.anchored(id, anchor));
    }
    const amount = interaction.options.getInteger('amount', true);
    const unit = interaction.options.getString('unit', true);
    if (!isUnit(unit)) throw new Refusal('out-of-date');
    const clock = { minutes: amount * MINUTES[unit], anchor: null };
    const changed = await troupe.world.time(chat, clock, asked);
    const now = clockTime(changed.story.clock, words);
    await editLine(interaction, chat, changed, words.advanced(id, amount, words.units[unit], now));
  },
} as const satisfies Command;
