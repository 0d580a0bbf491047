import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { Presence } from '../src/app/worldEdits.ts';
import type { Bot } from '../src/discord/bot.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { editLine } from '../src/discord/editLine.ts';
import { sceneCard } from '../src/discord/embeds/sceneCard.ts';
import { entityOf } from '../src/discord/entityOf.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { textsFor } from '../src/discord/texts.ts';
import { askedBy, storyHere, textOption } from '../src/discord/viewerOf.ts';
import { Refusal } from '../src/engine/refusal.ts';

const { Subcommand, String: Text, Integer } = ApplicationCommandOptionType;

type Run = (interaction: ChatInputCommandInteraction, bot: Bot) => Promise<void>;

const who = {
  type: Text,
  name: 'who',
  description: 'Who',
  required: true,
  autocomplete: true,
} as const;
const place = {
  type: Text,
  name: 'place',
  description: 'A place of the story, or a new one by its name',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

/** Where the story is, and who is there. */
export const scene = {
  group: 'world',
  data: {
    name: 'scene',
    description: 'Where the story is, and who is there',
    options: [
      { type: Subcommand, name: 'show', description: 'Where the story is, when, and who is there' },
      {
        type: Subcommand,
        name: 'open',
        description: 'Open a scene in a place, with everyone who is there',
        options: [
          place,
          { type: Text, name: 'time', description: 'When it is, in words', max_length: 100 },
          { type: Text, name: 'opening', description: 'How it begins', max_length: 1_000 },
        ],
      },
      {
        type: Subcommand,
        name: 'close',
        description: 'End the scene; everyone keeps their own account of it',
        options: [
          {
            type: Integer,
            name: 'significance',
            description: 'How much it matters, from 0 to 3; 1 if you leave it out',
            min_value: 0,
            max_value: 3,
          },
        ],
      },
      {
        type: Subcommand,
        name: 'move',
        description: 'Have someone go to another place',
        options: [who, place],
      },
      {
        type: Subcommand,
        name: 'presence',
        description: 'Have someone come in, leave, fall asleep or wake',
        options: [
          who,
          {
            type: Text,
            name: 'how',
            description: 'What they do',
            required: true,
            choices: [
              { name: 'comes in', value: 'comes' },
              { name: 'leaves', value: 'goes' },
              { name: 'falls asleep', value: 'sleeps' },
              { name: 'wakes', value: 'wakes' },
              { name: 'steps away', value: 'away' },
            ],
          },
        ],
      },
      {
        type: Subcommand,
        name: 'weather',
        description: 'What the weather is like',
        options: [
          {
            type: Text,
            name: 'is',
            description: 'In words; nothing to speak of, if you leave it out',
            max_length: 200,
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

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const { name: option, value } = interaction.options.getFocused(true);
    const story = here === null ? null : troupe.world.storyOf(here.chat);
    const named =
      option === 'place'
        ? Object.entries(story?.places ?? {}).map(([id, { name }]) => ({ name, value: id }))
        : Object.values(story?.cast ?? {}).map(({ entity, name }) => ({ name, value: entity }));
    // Characters who are not in the story yet may come into it.
    const others =
      option === 'who' && interaction.options.getSubcommand() === 'presence'
        ? troupe.characters(homeOf(interaction), value)
        : [];
    const more = others
      .filter(({ id }) => story?.cast[id] === undefined)
      .map(({ id, name }) => ({ name, value: id }));
    const fits = ({ name }: { name: string }) => name.toLowerCase().includes(value.toLowerCase());
    await respondWith(interaction, [...named, ...more].filter(fits));
  },
} as const satisfies Command;

const RUNS: Record<string, Run> = {
  async show(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const story = troupe.world.storyOf(storyHere(troupe, interaction.channelId).chat);
    await interaction.editReply({ embeds: [sceneCard(story, textsFor(interaction.locale))] });
  },

  async open(interaction, { troupe }) {
    await interaction.deferReply();
    const { chat } = storyHere(troupe, interaction.channelId);
    const named = required(interaction, 'place');
    const time = textOption(interaction, 'time') ?? '';
    const opening = textOption(interaction, 'opening') ?? '';
    const asked = askedBy(interaction);
    const changed = await troupe.world.openScene(chat, { place: named, time, opening }, asked);
    const { story } = changed;
    const name = story.places[story.scene?.place ?? '']?.name ?? '';
    const { opened } = textsFor(interaction.guildLocale).world.scene;
    await editLine(interaction, chat, changed, opened(interaction.user.id, name, time));
  },

  async close(interaction, { troupe }) {
    await interaction.deferReply();
    const { chat } = storyHere(troupe, interaction.channelId);
    const significance = interaction.options.getInteger('significance') ?? 1;
    const changed = await troupe.world.closeScene(chat, significance, askedBy(interaction));
    const { closed } = textsFor(interaction.guildLocale).world.scene;
    await editLine(interaction, chat, changed, closed(interaction.user.id));
  },

  async move(interaction, { troupe }) {
    await interaction.deferReply();
    const { chat } = storyHere(troupe, interaction.channelId);
    const entity = entityOf(troupe.world.storyOf(chat), required(interaction, 'who'));
    const to = required(interaction, 'place');
    const changed = await troupe.world.move(chat, entity, to, askedBy(interaction));
    const { story } = changed;
    const at = story.places[story.activities[entity]?.place ?? '']?.name ?? '';
    const { moved } = textsFor(interaction.guildLocale).world.scene;
    const line = moved(interaction.user.id, story.cast[entity]?.name ?? '', at);
    await editLine(interaction, chat, changed, line);
  },

  async presence(interaction, { troupe }) {
    await interaction.deferReply();
    const { chat } = storyHere(troupe, interaction.channelId);
    const named = required(interaction, 'who');
    const how = required(interaction, 'how') as Presence;
    const others = troupe.characters(homeOf(interaction), '');
    const entity = entityOf(troupe.world.storyOf(chat), named, how === 'comes' ? others : []);
    const changed = await troupe.world.presence(chat, entity, how, askedBy(interaction));
    const { presence } = textsFor(interaction.guildLocale).world.scene;
    const name = changed.story.cast[entity]?.name ?? '';
    await editLine(interaction, chat, changed, presence[how](interaction.user.id, name));
  },

  async weather(interaction, { troupe }) {
    await interaction.deferReply();
    const { chat } = storyHere(troupe, interaction.channelId);
    const weather = textOption(interaction, 'is');
    const changed = await troupe.world.weather(chat, weather, askedBy(interaction));
    const { weatherIs } = textsFor(interaction.guildLocale).world.scene;
    await editLine(interaction, chat, changed, weatherIs(interaction.user.id, weather));
  },
};

/** A text that has to be there; blanks alone are none. */
function required(interaction: ChatInputCommandInteraction, name: string): string {
  const text = textOption(interaction, name);
  if (text === null) throw new Refusal('bad-setting', { field: name });
  return text;
}
