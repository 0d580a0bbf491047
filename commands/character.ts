import {
  type APIApplicationCommandAttachmentOption,
  type APIApplicationCommandStringOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { Listed } from '../src/app/casting.ts';
import type { CardForm } from '../src/app/ports/cards.ts';
import type { Bot } from '../src/discord/bot.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { retireQuestion } from '../src/discord/components/retire.ts';
import { characterList } from '../src/discord/embeds/characterList.ts';
import { draftCard } from '../src/discord/embeds/draftCard.ts';
import { importCard } from '../src/discord/embeds/importCard.ts';
import { fetchAttachment } from '../src/discord/fetchAttachment.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { showCharacter } from '../src/discord/showCharacter.ts';
import { standingOf } from '../src/discord/standing.ts';
import { tellSharing } from '../src/discord/tellSharing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { nameOf } from '../src/discord/viewerOf.ts';
import type { EntityId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';

const { Subcommand } = ApplicationCommandOptionType;
const TEXT = ApplicationCommandOptionType.String;
const FILE = ApplicationCommandOptionType.Attachment;

type Run = (interaction: ChatInputCommandInteraction, bot: Bot) => Promise<void>;

const which = (description: string): APIApplicationCommandStringOption => ({
  type: TEXT,
  name: 'character',
  description,
  required: true,
  autocomplete: true,
});
const picture: APIApplicationCommandAttachmentOption = {
  type: FILE,
  name: 'picture',
  description: 'PNG, JPEG, GIF or WebP; it can be added later',
};

const subcommands: readonly APIApplicationCommandSubcommandOption[] = [
  {
    type: Subcommand,
    name: 'create',
    description: 'Write a new character, or go on with the one that you began',
    options: [picture],
  },
  {
    type: Subcommand,
    name: 'edit',
    description: 'Rewrite a character of yours',
    options: [which('Which character'), picture],
  },
  {
    type: Subcommand,
    name: 'show',
    description: 'Look at a character',
    options: [which('Which character')],
  },
  { type: Subcommand, name: 'list', description: 'The characters that can be played here' },
  {
    type: Subcommand,
    name: 'import',
    description: 'Add a character from a card: PNG, JSON or CharX',
    options: [{ type: FILE, name: 'file', description: 'The card', required: true }],
  },
  {
    type: Subcommand,
    name: 'export',
    description: 'Get a character as a card',
    options: [
      which('Which character'),
      {
        type: TEXT,
        name: 'form',
        description: 'What kind of file; a picture with the card in it, if you leave it out',
        choices: [
          { name: 'PNG', value: 'png' },
          { name: 'JSON', value: 'json' },
          { name: 'CharX', value: 'charx' },
        ],
      },
    ],
  },
  {
    type: Subcommand,
    name: 'share',
    description: 'Whether a character of yours brings up in one story what happened in another',
    options: [
      which('Which character'),
      {
        type: TEXT,
        name: 'stories',
        description: 'Apart, as usual, or meeting in its memory',
        required: true,
        choices: [
          { name: 'apart', value: 'apart' },
          { name: 'meeting', value: 'shared' },
        ],
      },
    ],
  },
  {
    type: Subcommand,
    name: 'retire',
    description: 'Take a character of yours off the list; stories go on with it',
    options: [which('Which character')],
  },
];

/** The characters of this server, or of these direct messages. */
export const character = {
  group: 'people',
  data: {
    name: 'character',
    description: 'Characters: write, look at, share, import, export, retire',
    options: [...subcommands],
  },

  async execute(interaction, bot) {
    const run = RUNS[interaction.options.getSubcommand()];
    if (run === undefined) throw new Refusal('out-of-date');
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await run(interaction, bot);
  },

  async autocomplete(interaction: AutocompleteInteraction, { troupe: { casting } }: Bot) {
    const by = standingOf(interaction);
    const home = homeOf(interaction);
    const asked = interaction.options.getFocused().toLowerCase();
    const sub = interaction.options.getSubcommand();
    const offered = ({ id, retired }: Listed) => {
      if (sub === 'show') return true;
      if (sub === 'edit' || sub === 'share') return casting.mayRewrite(home, id, by);
      return !retired && (sub !== 'retire' || casting.mayRewrite(home, id, by));
    };
    const fitting = casting
      .list(home, by)
      .filter((each) => `${each.name} ${each.summary}`.toLowerCase().includes(asked))
      .filter(offered);
    await respondWith(
      interaction,
      fitting.map(({ id, name, summary }) => ({
        name: summary === '' ? name : `${name} · ${summary}`,
        value: id,
      })),
    );
  },
} as const satisfies Command;

const RUNS: Record<string, Run> = {
  create: (interaction, bot) => write(interaction, bot, null),
  edit: (interaction, bot) => write(interaction, bot, pick(interaction, bot)),
  show,
  list,
  import: take,
  export: give,
  share: (interaction, bot) =>
    tellSharing(
      interaction,
      bot,
      pick(interaction, bot),
      interaction.options.getString('stories', true) === 'shared',
    ),
  retire,
};

/** What was picked, or typed by name without picking. */
function pick(interaction: ChatInputCommandInteraction, { troupe: { casting } }: Bot): EntityId {
  const asked = interaction.options.getString('character', true).trim();
  const all = casting.list(homeOf(interaction), standingOf(interaction));
  const found =
    all.find(({ id }) => id === asked) ??
    all.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
  if (found === undefined) throw new Refusal('unknown-character');
  return found.id;
}

async function write(
  interaction: ChatInputCommandInteraction,
  { client, troupe: { casting } }: Bot,
  id: EntityId | null,
) {
  const by = standingOf(interaction);
  const { id: begun, draft } = casting.open(interaction.id, homeOf(interaction), id, by);
  const file = interaction.options.getAttachment('picture');
  const painted =
    file === null
      ? draft
      : await casting.paint(begun, by.person, await fetchAttachment(client, file));
  const view = {
    id: begun,
    draft: painted,
    picture: casting.pictureOf(painted),
    viewer: nameOf(interaction),
  };
  await interaction.editReply(draftCard(view, textsFor(interaction.locale)));
}

async function show(interaction: ChatInputCommandInteraction, bot: Bot) {
  await interaction.editReply(showCharacter(interaction, bot, pick(interaction, bot)).message);
}

async function list(interaction: ChatInputCommandInteraction, { troupe }: Bot) {
  const all = troupe.casting.list(homeOf(interaction), standingOf(interaction));
  await interaction.editReply(characterList(all, 0, textsFor(interaction.locale)));
}

async function take(interaction: ChatInputCommandInteraction, { client, troupe }: Bot) {
  const { id } = interaction;
  const bytes = await fetchAttachment(client, interaction.options.getAttachment('file', true));
  const home = homeOf(interaction);
  const { draft, card } = await troupe.casting.importCard(id, home, bytes, standingOf(interaction));
  const picture = troupe.casting.pictureOf(draft);
  await interaction.editReply(
    importCard(id, card, picture, nameOf(interaction), textsFor(interaction.locale)),
  );
}

async function give(interaction: ChatInputCommandInteraction, bot: Bot) {
  const { casting } = bot.troupe;
  const home = homeOf(interaction);
  const id = pick(interaction, bot);
  const form = (interaction.options.getString('form') ?? 'png') as CardForm;
  const bytes = casting.exportCard(home, id, form, standingOf(interaction));
  const { name } = casting.character(home, id).sheet;
  const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.${form}`;
  await interaction.editReply({
    content: textsFor(interaction.locale).characters.exported(name),
    files: [{ name: file, attachment: Buffer.from(bytes) }],
  });
}

async function retire(interaction: ChatInputCommandInteraction, bot: Bot) {
  const { casting } = bot.troupe;
  const home = homeOf(interaction);
  const id = pick(interaction, bot);
  const { name } = casting.character(home, id).sheet;
  if (!casting.mayRewrite(home, id, standingOf(interaction))) {
    const { author } = casting.character(home, id);
    throw new Refusal('not-your-character', { author, name });
  }
  await interaction.editReply(retireQuestion(id, name, textsFor(interaction.locale)));
}
