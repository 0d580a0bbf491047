import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
} from 'discord.js';
import { bookHere } from '../src/discord/bookHere.ts';
import type { Bot } from '../src/discord/bot.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { bookAwayQuestion } from '../src/discord/components/bookAway.ts';
import { bookCard, bookList } from '../src/discord/embeds/bookCard.ts';
import { fetchAttachment } from '../src/discord/fetchAttachment.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { loreForm } from '../src/discord/modals/lore.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { askedBy, storyHere, textOption } from '../src/discord/viewerOf.ts';
import type { BookId, EntityId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';

const { Subcommand } = ApplicationCommandOptionType;

type Run = (interaction: ChatInputCommandInteraction, bot: Bot) => Promise<void>;

const picked = (
  name: 'book' | 'entry' | 'character',
  description: string,
  required = true,
): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  required,
  autocomplete: true,
});

/** When an entry comes up, as numbers: what a form has no room for. */
const figures: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'always',
    description: 'Known whatever is talked about',
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'chance',
    description: 'How often it comes up when it could, in percent',
    min_value: 0,
    max_value: 100,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'order',
    description: 'Lower ones are told first; higher ones are kept when there is little room',
    min_value: -1_000,
    max_value: 1_000,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'depth',
    description: 'How many messages back its words are looked for',
    min_value: 0,
    max_value: 1_000,
  },
];

const subcommands: readonly APIApplicationCommandSubcommandOption[] = [
  {
    type: Subcommand,
    name: 'show',
    description: 'The lorebooks here, or what is in one',
    options: [picked('book', 'Which one; all of them, if you leave it out', false)],
  },
  {
    type: Subcommand,
    name: 'add',
    description: 'Write an entry',
    options: [picked('book', 'Into which book; a new one, if you leave it out', false), ...figures],
  },
  {
    type: Subcommand,
    name: 'edit',
    description: 'Rewrite an entry of yours',
    options: [picked('entry', 'Which entry'), ...figures],
  },
  {
    type: Subcommand,
    name: 'remove',
    description: 'Take away an entry or a whole book of yours',
    options: [
      picked('entry', 'Which entry', false),
      picked('book', 'Which book, with all that is in it', false),
    ],
  },
  {
    type: Subcommand,
    name: 'use',
    description: 'Have the story here draw on a book, or give it to a character of yours',
    options: [
      picked('book', 'Which book'),
      picked('character', 'Who is to know it in every story from now on', false),
    ],
  },
  {
    type: Subcommand,
    name: 'import',
    description: 'Add a lorebook from a file, or from a character card',
    options: [
      {
        type: ApplicationCommandOptionType.Attachment,
        name: 'file',
        description: 'The lorebook as JSON, or a card that holds one',
        required: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'What it is to be called here',
        max_length: 100,
      },
    ],
  },
  {
    type: Subcommand,
    name: 'export',
    description: 'Get a lorebook of yours as a file',
    options: [picked('book', 'Which book')],
  },
];

/** What is to be known of the world, told when the talk comes to it. */
export const lore = {
  group: 'people',
  data: {
    name: 'lore',
    description: 'Lorebooks: what is known of the world when the talk comes to it',
    options: [...subcommands],
  },

  async execute(interaction, bot) {
    const sub = interaction.options.getSubcommand();
    const run = RUNS[sub];
    if (run === undefined) throw new Refusal('out-of-date');
    // A form is an answer of its own.
    if (sub !== 'add' && sub !== 'edit') {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    }
    await run(interaction, bot);
  },

  async autocomplete(interaction: AutocompleteInteraction, bot: Bot) {
    const { name, value } = interaction.options.getFocused(true);
    const typed = value.toLowerCase();
    const choices = name === 'character' ? characters(interaction, bot) : books(interaction, bot);
    await respondWith(
      interaction,
      choices.filter((each) => each.name.toLowerCase().includes(typed)),
    );
  },
} as const satisfies Command;

const RUNS: Record<string, Run> = { show, add, edit, remove, use, import: take, export: give };

function characters(interaction: AutocompleteInteraction, { troupe: { casting } }: Bot) {
  const [home, by] = [homeOf(interaction), standingOf(interaction)];
  return casting
    .list(home, by)
    .filter(({ id, retired }) => !retired && casting.mayRewrite(home, id, by))
    .map(({ id: value, name }) => ({ name, value }));
}

function books(interaction: AutocompleteInteraction, { troupe }: Bot) {
  const { unnamed } = textsFor(interaction.locale).lore;
  const sub = interaction.options.getSubcommand();
  const all = troupe.lore.list(homeOf(interaction), standingOf(interaction));
  const offered = all.filter(({ own }) => own || sub === 'show' || sub === 'use');
  if (interaction.options.getFocused(true).name === 'book') {
    return offered.map(({ id: value, book }) => ({ name: book.name || unnamed, value }));
  }
  return offered.flatMap(({ id, book }) =>
    book.entries.map((entry) => ({
      name: `${entry.name || entry.keys.join(', ') || entry.content} · ${book.name || unnamed}`,
      value: `${id}/${entry.id}`,
    })),
  );
}

/** The book that was picked, or typed by name. @throws {Refusal} `unknown-book`. */
function bookIn(interaction: ChatInputCommandInteraction, { troupe }: Bot): BookId | null {
  const asked = textOption(interaction, 'book');
  if (asked === null) return null;
  const all = troupe.lore.list(homeOf(interaction), standingOf(interaction));
  const found =
    all.find(({ id }) => id === asked) ??
    all.find(({ book }) => book.name.toLowerCase() === asked.toLowerCase());
  if (found === undefined) throw new Refusal('unknown-book');
  return found.id;
}

/** @throws {Refusal} `unknown-book`. */
function someBook(interaction: ChatInputCommandInteraction, bot: Bot): BookId {
  const id = bookIn(interaction, bot);
  if (id === null) throw new Refusal('unknown-book');
  return id;
}

/** @throws {Refusal} `unknown-lore`. */
function entryIn(interaction: ChatInputCommandInteraction): { book: BookId; entry: string } {
  const [book = '', entry] = (textOption(interaction, 'entry') ?? '').split('/');
  if (entry === undefined) throw new Refusal('unknown-lore');
  return { book, entry };
}

const set = ({ options }: ChatInputCommandInteraction): string => {
  const always = options.getBoolean('always');
  const numbers = ['chance', 'order', 'depth'].map((name) => options.getInteger(name) ?? '');
  return [always === null ? '' : always ? 'y' : 'n', ...numbers].join('.');
};

async function show(interaction: ChatInputCommandInteraction, bot: Bot) {
  const { lore: all } = bot.troupe;
  const [home, by] = [homeOf(interaction), standingOf(interaction)];
  const texts = textsFor(interaction.locale);
  const here = bookHere(interaction, bot);
  const id = bookIn(interaction, bot);
  await interaction.editReply(
    id === null
      ? bookList(all.list(home, by), here?.used ?? [], texts)
      : bookCard(all.find(home, id, by), 0, here, texts),
  );
}

async function add(interaction: ChatInputCommandInteraction, bot: Bot) {
  const id = bookIn(interaction, bot);
  bot.troupe.lore.demand(homeOf(interaction), id, standingOf(interaction));
  const texts = textsFor(interaction.locale);
  await interaction.showModal(loreForm(id, null, set(interaction), texts));
}

async function edit(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  const { book, entry } = entryIn(interaction);
  const home = homeOf(interaction);
  const known = troupe.lore.entry(home, book, entry, standingOf(interaction));
  const texts = textsFor(interaction.locale);
  await interaction.showModal(loreForm(book, known, set(interaction), texts));
}

async function remove(interaction: ChatInputCommandInteraction, bot: Bot) {
  const { lore: all } = bot.troupe;
  const [home, asked] = [homeOf(interaction), askedBy(interaction)];
  const texts = textsFor(interaction.locale);
  const whole = bookIn(interaction, bot);
  if (whole !== null) {
    all.demand(home, whole, asked.by);
    const question = bookAwayQuestion(all.find(home, whole, asked.by), texts);
    await interaction.editReply(question);
    return;
  }
  const { book, entry } = entryIn(interaction);
  const known = all.entry(home, book, entry, asked.by);
  all.remove(home, book, entry, asked);
  const { name } = all.find(home, book, asked.by).book;
  const { removed, unnamed } = texts.lore;
  const title = known.name || known.keys.join(', ') || unnamed;
  await interaction.editReply(removed(title, name || unnamed));
}

async function use(interaction: ChatInputCommandInteraction, bot: Bot) {
  const { lore: all, casting } = bot.troupe;
  const [home, asked] = [homeOf(interaction), askedBy(interaction)];
  const id = someBook(interaction, bot);
  const listed = all.find(home, id, asked.by);
  const texts = textsFor(interaction.locale);
  const to = textOption(interaction, 'character');
  if (to !== null) {
    const found = casting
      .list(home, asked.by)
      .find((each) => each.id === to || each.name.toLowerCase() === to.toLowerCase());
    if (found === undefined) throw new Refusal('unknown-character');
    all.demand(home, id, asked.by);
    casting.giveBook(home, found.id as EntityId, listed.book, asked);
    const name = listed.book.name || texts.lore.unnamed;
    await interaction.editReply(texts.lore.given(found.name, name));
    return;
  }
  const { chat } = storyHere(bot.troupe, interaction.channelId);
  bot.troupe.rights.demand('edit-state', asked.by, chat);
  await interaction.editReply(bookCard(listed, 0, bookHere(interaction, bot), texts));
}

async function take(interaction: ChatInputCommandInteraction, { client, troupe }: Bot) {
  const bytes = await fetchAttachment(client, interaction.options.getAttachment('file', true));
  const home = homeOf(interaction);
  const name = textOption(interaction, 'name');
  const { book, notes } = troupe.lore.importBook(home, bytes, name, askedBy(interaction));
  const words = textsFor(interaction.locale).lore;
  const lines = [words.imported(book.name || words.unnamed, book.entries.length)];
  if (notes > 0) lines.push(words.notes(notes));
  await interaction.editReply(lines.join(' '));
}

async function give(interaction: ChatInputCommandInteraction, bot: Bot) {
  const { lore: all } = bot.troupe;
  const [home, by] = [homeOf(interaction), standingOf(interaction)];
  const id = someBook(interaction, bot);
  const bytes = all.exportBook(home, id, by);
  const words = textsFor(interaction.locale).lore;
  const name = all.find(home, id, by).book.name || words.unnamed;
  const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.json`;
  await interaction.editReply({
    content: words.exported(name),
    files: [{ name: file, attachment: Buffer.from(bytes) }],
  });
}
