import type { Failure } from '../app/ports/stage.ts';
import type { RefusalCode } from '../engine/refusal.ts';
import { characterRefusals, characterTexts } from './texts/characters.ts';
import { chatRefusals, chatTexts } from './texts/chats.ts';
import { drawerRefusals, drawerTexts } from './texts/drawer.ts';
import { drawerUiTexts } from './texts/drawerUi.ts';
import { loreRefusals, loreTexts } from './texts/lore.ts';
import { personaTexts } from './texts/persona.ts';
import { privacyRefusals, privacyTexts } from './texts/privacy.ts';
import { rightRefusals } from './texts/rights.ts';
import { russian } from './texts/russian.ts';
import { settingsRefusals, settingsTexts } from './texts/settings.ts';
import { startRefusals, startTexts } from './texts/start.ts';
import { statusTexts } from './texts/status.ts';
import { travelRefusals, travelTexts } from './texts/travel.ts';
import { variantTexts } from './texts/variants.ts';
import type { Worded } from './texts/worded.ts';
import { wordTexts } from './texts/words.ts';
import { worldTexts } from './texts/world.ts';

export type Details = Readonly<Record<string, string | number>>;

/** Everything that the bot says itself: one sentence for what happened, one for what to do. */
export const texts = {
  stop: { button: 'Stop', done: 'Stopped.' },
  goOn: { button: 'Continue', done: 'Going on.' },
  retry: { button: 'Try again' },
  chats: chatTexts,
  characters: characterTexts,
  lore: loreTexts,
  world: worldTexts,
  travel: travelTexts,
  variants: variantTexts,
  words: wordTexts,
  drawer: drawerTexts,
  drawerUi: drawerUiTexts,
  keep: { button: 'Keep playing' },
  start: startTexts,
  persona: personaTexts,
  privacy: privacyTexts,
  settings: settingsTexts,
  status: statusTexts,
  offer: (start: string) => `No story is being played here yet. Begin one with ${start}.`,
  voice: (character: string) =>
    `${character} speaks through me here. To let ${character} speak under its own name and picture, give me the "Manage Webhooks" permission in this channel.`,
  cut: 'Cut off here.',
  couldNotAnswer: (name: string) => `${name} could not answer`,
  couldNotGoOn: (name: string) => `${name} could not go on`,
  unheard:
    'Nobody is near enough to hear that. Go where someone is, or bring someone in with `/scene`.',
  help: {
    title: 'Troupe',
    about:
      'A channel is a story. Pick a character, write what you say and do, and the character answers.\n\n' +
      '`*asterisks*` are actions, plain words are speech, and `((double brackets))` or a line that begins with `//` stay out of the story.',
    groups: {
      play: 'Play',
      travel: 'Where the story stands',
      world: 'The world of the story',
      stories: 'Stories',
      people: 'Characters and people',
      about: 'About',
    },
    menus: (names: string) => `**On any message of the story, under Apps**\n${names}`,
  },
  tooLate: (user: string) =>
    `<@${user}>, this reached me too late, and nothing was done. Try again.`,
  wentWrong: (id: string) =>
    `Something went wrong. Try again; if it happens again, tell the owner of this bot the number ${id}.`,
} as const;

/** Why something was refused, and what to do. */
const refusals: Record<RefusalCode, (details: Details) => string> = {
  'no-story-here': () => 'No story is being played here. Begin one with `/start`.',
  'story-already-here': () => 'Someone has just begun a story here. Write a message to join it.',
  'unknown-character': () =>
    'There is no such character here. Pick one from the list that `/start` shows.',
  'nothing-to-stop': () => 'Nobody is speaking right now.',
  'nothing-to-answer': () => 'Everything has been answered. Write a message to go on.',
  'nothing-to-continue': () =>
    'There are no words to go on from. Write a message, and it will be answered.',
  'nothing-to-undo': () => 'The story has moved on since. Branch off to return to what was.',
  'not-a-reply': () => 'Only what a character said can be told anew. Pick one of its messages.',
  'only-opening': () => 'The opening is as its author wrote it. Write a message to go on.',
  'nothing-to-regenerate': () =>
    'There is no reply to tell anew. Write a message, and it will be answered.',
  'not-your-words': () => 'Only whoever wrote this can change it. Pick a message of your own.',
  'not-a-turn': () => 'Nobody said this in the story. Pick a message of the story.',
  'already-there': () => 'The story stands there already. Write a message to go on.',
  'already-removed': () => 'This was taken away before. There is nothing left to change.',
  'unknown-save': () => 'No point of the story has this name. Pick one from the list.',
  'save-elsewhere': () => 'This point lies in another branch. Branch off there to go on from it.',
  'name-taken': () => 'A point of the story has this name already. Pick another name.',
  'unknown-entity': ({ names }) =>
    names === undefined
      ? 'Nobody of that name is in the story. Pick someone from the list.'
      : `Several characters are in the story: ${names}. Say which one you mean.`,
  'unknown-place': () => 'There is no such place in the story. Pick one from the list.',
  'scene-open': () => 'A scene is being played. Close it before opening another.',
  'no-scene': () => 'No scene is being played. Open one first.',
  'unknown-memory': () => 'This is not remembered here. Pick a memory from the list.',
  'pins-full': () => 'All eight pins are taken. Take one away first.',
  ...characterRefusals,
  ...drawerRefusals,
  ...loreRefusals,
  ...chatRefusals,
  ...privacyRefusals,
  ...rightRefusals,
  ...settingsRefusals,
  ...startRefusals,
  ...travelRefusals,
  'prompt-too-long': (details) => failures['prompt-too-long'](details),
  'broken-card': ({ problem }) =>
    (brokenCards as Record<string, string>)[String(problem)] ?? brokenCards['not-a-card'],
  'broken-picture': () =>
    'This picture cannot be used. Send a PNG, JPEG, GIF or WebP of at most 25 MB.',
  'out-of-date': () => 'The story has moved on since this was shown.',
};

/** Why a file is no character card that can be taken. */
const brokenCards = {
  'too-large': 'This file is too large, or holds more than it says. Send a card of at most 25 MB.',
  'not-a-card': 'This file is no character card. Send a card as JSON, PNG or CharX.',
  'broken-json': 'The card in this file is damaged. Export it again where it came from.',
  'too-deep': 'The card in this file is nested too deeply. Export it again where it came from.',
  'broken-picture': 'This PNG is damaged. Download the card again.',
  'no-card-in-picture':
    'There is no card in this picture. Chats and galleries often strip it: send the original file.',
  'broken-archive': 'This archive is damaged. Download the card again.',
  'no-card-in-archive': 'There is no card in this archive. Send a CharX file with a card in it.',
  'no-name': 'This card has no name that Discord takes. Give it another name and try again.',
} as const;

/** Why a character did not answer, or fell silent, and what to do. */
const failures = {
  'bad-key': () => 'The model refuses the key. The owner of this bot needs to check `LLM_API_KEY`.',
  'unknown-model': () =>
    'The model is not there. The owner of this bot needs to check `NARRATIVE_MODEL`.',
  'rate-limited': ({ retryAt }) => `The model takes no more for now. ${later(retryAt)}`,
  unavailable: ({ retryAt }) => `The model cannot be reached. ${later(retryAt)}`,
  'timed-out': () => 'The model took too long. Try again.',
  'context-too-long': () =>
    'The story so far is too long for the model. A model with a larger window can take it.',
  'prompt-too-long': ({ part, tokens, limit }) =>
    `Too long for the model: shorten ${part ?? 'the character'}${tokens ? `, now ${tokens} of ${limit}` : ''}.`,
  refused: () => 'The model declined to write this. Try again, or write it another way.',
  'broken-answer': () => 'The model answered nothing that can be shown. Try again.',
  filter: () => 'The model declined to write the rest. Write on, or write it another way.',
  restart: () => 'The bot was restarted. Write on, or let it continue.',
  lost: () => 'The rest was lost. Write on, or let it continue.',
} as const satisfies Record<string, (details: Details) => string>;

const later = (retryAt: string | number | undefined): string =>
  retryAt ? `Try again <t:${retryAt}:R>.` : 'Try again in a little while.';

/** Everything that the bot says, in one language. */
export interface Catalogue {
  readonly texts: Worded<typeof texts>;
  /** Why something was refused, and what to do. */
  readonly refusals: typeof refusals;
  /** Why a character did not answer, or fell silent, and what to do. */
  readonly failures: Record<keyof typeof failures, (details: Details) => string>;
  /** Why a file is no character card that can be taken. */
  readonly brokenCards: Worded<typeof brokenCards>;
}
export type Texts = Catalogue['texts'];

const english: Catalogue = { texts, refusals, failures, brokenCards };

/** A catalogue that is not the English one. */
export interface Translation extends Catalogue {
  /** What the list of commands says, by what their files say in English. */
  readonly commands: Readonly<Record<string, string>>;
}

/** By Discord's name for the language. */
export const translations: Readonly<Record<string, Translation>> = { ru: russian };

const translationFor = (locale: string | null): Translation | undefined =>
  Object.hasOwn(translations, locale ?? '') ? translations[locale ?? ''] : undefined;

export const catalogueFor = (locale: string | null): Catalogue => translationFor(locale) ?? english;

/** @param text what a command's file says of it */
export const commandText = (text: string, locale: string | null): string =>
  translationFor(locale)?.commands[text] ?? text;

/** The texts in a person's or a guild's language. @param locale as Discord names it; null where unknown */
export const textsFor = (locale: string | null): Texts => catalogueFor(locale).texts;

export const refusalsFor = (locale: string | null): Catalogue['refusals'] =>
  catalogueFor(locale).refusals;

/** What happened to a reply, and what to do. */
export function explanationOf({ kind, details }: Failure, locale: string | null): string {
  const { id, retryAt, facts } = details;
  const { failures: known, texts: words } = catalogueFor(locale);
  const explain = Object.hasOwn(known, kind) ? known[kind as keyof typeof known] : undefined;
  return explain?.(retryAt === null ? facts : { ...facts, retryAt }) ?? words.wentWrong(id);
}
