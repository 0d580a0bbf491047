import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { ExportForm } from '../src/app/exportStory.ts';
import type { Bot } from '../src/discord/bot.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { putAwayRow } from '../src/discord/components/putAway.ts';
import { settingsCard } from '../src/discord/embeds/settingsCard.ts';
import { storyList } from '../src/discord/embeds/storyList.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { standingOf } from '../src/discord/standing.ts';
import { switchHere } from '../src/discord/switchHere.ts';
import { textsFor } from '../src/discord/texts.ts';
import { askedBy, storyHere, viewerOf } from '../src/discord/viewerOf.ts';
import { chatId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

type Run = (interaction: ChatInputCommandInteraction, bot: Bot) => Promise<void>;

/** The stories of this server, or of these direct messages. */
export const chat = {
  group: 'stories',
  data: {
    name: 'chat',
    description: 'The stories here: list, switch, rename, put away, set up, export',
    options: [
      { type: Subcommand, name: 'list', description: 'Every story that you may know of' },
      {
        type: Subcommand,
        name: 'switch',
        description: 'Take up a story that waits or was put away in this channel',
        options: [
          {
            type: Text,
            name: 'story',
            description: 'Which story',
            required: true,
            autocomplete: true,
          },
        ],
      },
      {
        type: Subcommand,
        name: 'rename',
        description: 'Give the story here another name',
        options: [
          {
            type: Text,
            name: 'name',
            description: 'What it is to be called',
            required: true,
            min_length: 1,
            max_length: 100,
          },
        ],
      },
      { type: Subcommand, name: 'archive', description: 'Put the story here away' },
      { type: Subcommand, name: 'settings', description: 'How the story here is told' },
      {
        type: Subcommand,
        name: 'export',
        description: 'What you have witnessed of the story here, as a file',
        options: [
          {
            type: Text,
            name: 'form',
            description: 'To read, or for a program; to read, if you leave it out',
            choices: [
              { name: 'to read (Markdown)', value: 'markdown' },
              { name: 'for a program (JSON)', value: 'json' },
            ],
          },
        ],
      },
    ],
  },

  async execute(interaction, bot) {
    const run = RUNS[interaction.options.getSubcommand()];
    if (run === undefined) throw new Refusal('out-of-date');
    await run(interaction, bot);
  },

  async autocomplete(interaction: AutocompleteInteraction, { troupe }: Bot) {
    const asked = interaction.options.getFocused().toLowerCase();
    const waiting = troupe.storylines
      .list(homeOf(interaction), viewerOf(interaction))
      .filter(({ channel, name }) => channel === null && name.toLowerCase().includes(asked));
    await respondWith(
      interaction,
      waiting.map(({ name, chat: value }) => ({ name, value })),
    );
  },
} as const satisfies Command;

const RUNS: Record<string, Run> = { list, switch: take, rename, archive, settings, export: give };

async function list(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const stories = troupe.storylines.list(homeOf(interaction), viewerOf(interaction));
  await interaction.editReply(storyList(stories, 0, textsFor(interaction.locale)));
}

async function take(interaction: ChatInputCommandInteraction, bot: Bot) {
  await interaction.deferReply();
  const asked = interaction.options.getString('story', true);
  const stories = bot.troupe.storylines.list(homeOf(interaction), viewerOf(interaction));
  // Picked from the list, or typed by name.
  const found = stories.find(
    (each) =>
      (chatId.safeParse(asked).success && each.chat === asked) ||
      each.name.toLowerCase() === asked.trim().toLowerCase(),
  );
  if (found === undefined) throw new Refusal('unknown-story');
  await switchHere(interaction, bot, found.chat);
}

async function rename(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply();
  const here = storyHere(troupe, interaction.channelId);
  const name = interaction.options.getString('name', true).trim();
  if (name === '') throw new Refusal('bad-setting', { field: 'name' });
  await troupe.storylines.rename(here.chat, name, askedBy(interaction));
  const { chats } = textsFor(interaction.guildLocale);
  await interaction.editReply({
    content: chats.renamed(interaction.user.id, name),
    allowedMentions: { parse: [] },
  });
}

async function archive(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const here = storyHere(troupe, interaction.channelId);
  troupe.rights.demand('reset', standingOf(interaction), here.chat);
  const texts = textsFor(interaction.locale);
  await interaction.editReply({
    content: texts.chats.archive.question(here.name),
    components: [putAwayRow(here.chat, texts)],
  });
}

async function settings(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const here = storyHere(troupe, interaction.channelId);
  const now = troupe.reading.settingsOf(here.chat, standingOf(interaction));
  const texts = textsFor(interaction.locale);
  await interaction.editReply(settingsCard(here.chat, here.name, now, texts));
}

async function give(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const here = storyHere(troupe, interaction.channelId);
  const form = (interaction.options.getString('form') ?? 'markdown') as ExportForm;
  const by = standingOf(interaction);
  // Room for what a request holds besides its file.
  const limit = interaction.attachmentSizeLimit - 64 * 1_024;
  const { chats } = textsFor(interaction.locale);
  const asked = { form, limit, words: chats.transcript };
  const { name, turns, files } = await troupe.reading.export(here.chat, asked, by);
  for (const [index, text] of files.entries()) {
    const part = files.length === 1 ? '' : `-${index + 1}`;
    const file = `story${part}.${form === 'json' ? 'json' : 'md'}`;
    const message = { files: [{ name: file, attachment: Buffer.from(text) }] };
    if (index === 0) {
      await interaction.editReply({ content: chats.exported(name, turns), ...message });
    } else await interaction.followUp({ ...message, flags: MessageFlags.Ephemeral });
  }
}
