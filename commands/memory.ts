import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { Bot } from '../src/discord/bot.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { editLine } from '../src/discord/editLine.ts';
import { memoryList } from '../src/discord/embeds/memoryList.ts';
import { characterIn } from '../src/discord/entityOf.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { askedBy, storyHere, textOption } from '../src/discord/viewerOf.ts';
import { nodeId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';
import { queryOf } from '../src/engine/retrieval/query.ts';

const { Subcommand, String: Text, Integer } = ApplicationCommandOptionType;

const of = {
  type: Text,
  name: 'of',
  description: 'Which character; the only one, if you leave it out',
  autocomplete: true,
} as const;
const memoryOption = {
  type: Text,
  name: 'memory',
  description: 'Which memory',
  required: true,
  autocomplete: true,
} as const;
const text = {
  type: Text,
  name: 'text',
  description: 'In the words of the character',
  required: true,
  max_length: 2_000,
} as const;

/** What a character remembers, as far as one witnessed it too. */
export const memory = {
  group: 'world',
  data: {
    name: 'memory',
    description: 'What a character remembers, as far as you witnessed it too',
    options: [
      {
        type: Subcommand,
        name: 'list',
        description: 'Everything that a character remembers',
        options: [of],
      },
      {
        type: Subcommand,
        name: 'search',
        description: 'What a character remembers about something',
        options: [
          {
            type: Text,
            name: 'words',
            description: 'About what',
            required: true,
            max_length: 200,
          },
          of,
        ],
      },
      {
        type: Subcommand,
        name: 'add',
        description: 'Have a character remember something',
        options: [
          text,
          {
            type: Integer,
            name: 'significance',
            description: 'How much it matters, from 0 to 3; 1 if you leave it out',
            min_value: 0,
            max_value: 3,
          },
          of,
        ],
      },
      {
        type: Subcommand,
        name: 'pin',
        description: 'Have a character keep a memory in mind',
        options: [memoryOption, of],
      },
      {
        type: Subcommand,
        name: 'unpin',
        description: 'Let a memory come to mind only when it fits',
        options: [memoryOption, of],
      },
      {
        type: Subcommand,
        name: 'revise',
        description: 'Have a character remember something otherwise',
        options: [memoryOption, text, of],
      },
      {
        type: Subcommand,
        name: 'forget',
        description: 'Have a character forget something',
        options: [memoryOption, of],
      },
    ],
  },

  async execute(interaction, bot) {
    const kind = interaction.options.getSubcommand();
    if (kind === 'list' || kind === 'search') return await read(interaction, bot);
    if (kind === 'add') return await add(interaction, bot);
    await change(interaction, bot, kind);
  },

  async autocomplete(interaction: AutocompleteInteraction, { troupe }: Bot) {
    const here = troupe.storyIn(interaction.channelId);
    if (here === null) return respondWith(interaction, []).then(() => {});
    const story = troupe.world.storyOf(here.chat);
    const { name, value } = interaction.options.getFocused(true);
    const fits = (each: string) => each.toLowerCase().includes(value.toLowerCase());
    if (name === 'of') {
      const characters = Object.values(story.cast).filter((member) => member.sheet !== null);
      const named = characters.map((member) => ({ name: member.name, value: member.entity }));
      await respondWith(
        interaction,
        named.filter((each) => fits(each.name)),
      );
      return;
    }
    const owner = characterIn(story, interaction.options.getString('of'));
    const memories = troupe.world.memories(here.chat, owner, null, standingOf(interaction));
    const found = memories
      .toReversed()
      .map((each) => ({ name: each.text, value: each.memory.node }));
    await respondWith(
      interaction,
      found.filter((each) => fits(each.name)),
    );
  },
} as const satisfies Command;

async function read(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { chat } = storyHere(troupe, interaction.channelId);
  const story = troupe.world.storyOf(chat);
  const owner = characterIn(story, textOption(interaction, 'of'));
  const asked = interaction.options.getString('words');
  const words = asked === null ? null : queryOf([asked], []).words;
  const memories = troupe.world.memories(chat, owner, words, standingOf(interaction));
  const texts = textsFor(interaction.locale);
  // The best of a search come first, and there are no further pages of it.
  const shown = words === null ? memories : memories.slice(0, 8).reverse();
  await interaction.editReply(memoryList({ chat, owner }, story, shown, 0, texts));
}

async function add(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply();
  const { chat } = storyHere(troupe, interaction.channelId);
  const owner = characterIn(troupe.world.storyOf(chat), textOption(interaction, 'of'));
  const words = textOption(interaction, 'text');
  if (words === null) throw new Refusal('bad-setting', { field: 'text' });
  const significance = interaction.options.getInteger('significance') ?? 1;
  const written = { owner, text: words, significance };
  const changed = await troupe.world.remember(chat, written, askedBy(interaction));
  const { told } = textsFor(interaction.guildLocale).world.memory;
  const line = told(interaction.user.id, changed.story.cast[owner]?.name ?? '');
  await editLine(interaction, chat, changed, line);
}

async function change(interaction: ChatInputCommandInteraction, { troupe }: Bot, kind: string) {
  await interaction.deferReply();
  const { chat } = storyHere(troupe, interaction.channelId);
  const owner = characterIn(troupe.world.storyOf(chat), textOption(interaction, 'of'));
  const node = nodeId.safeParse(interaction.options.getString('memory', true));
  if (!node.success) throw new Refusal('unknown-memory');
  const words = textOption(interaction, 'text');
  const wanted = kind === 'revise' ? (words === null ? null : { text: words }) : kind;
  if (wanted === null) throw new Refusal('bad-setting', { field: 'text' });
  const key = { node: node.data, owner };
  const asked = askedBy(interaction);
  const changed = await troupe.world.changeMemory(chat, key, wanted as 'pin', asked);
  const { told } = textsFor(interaction.guildLocale).world.memory;
  const line = told(interaction.user.id, changed.story.cast[owner]?.name ?? '');
  await editLine(interaction, chat, changed, line);
}
