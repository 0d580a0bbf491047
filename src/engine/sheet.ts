import { z } from 'zod';
import { NO_WORDS } from './blanking.ts';
import { lorebook } from './lore/lorebook.ts';

const line = (max: number) => z.string().trim().min(1).max(max);
const prose = (max: number) => z.string().trim().min(1).max(max);
/** May be left empty: a card need not say it. */
const maybe = (max: number) => z.string().trim().max(max);

/**
 * A character's authored sheet. Lengths are generous for prose and exact where Discord sets them:
 * a webhook's name has 1 to 80 characters and may hold neither "clyde" nor "discord".
 */
export const sheet = z.strictObject({
  name: line(80).refine(
    (name) => !/clyde|discord/i.test(name),
    'must not hold "clyde" or "discord"',
  ),
  pronouns: maybe(40),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as "#c9784a"'),
  /** Shown when a character is picked; an autocomplete choice has 100 characters. */
  summary: maybe(90),
  persona: prose(32_000),
  traits: z.array(line(80)).max(20),
  voice: z.array(line(400)).max(20),
  backstory: maybe(32_000),
  relationship: maybe(2_000),
  kickoff: maybe(8_000),
  place: maybe(100),
  time: maybe(100),
  /** Empty: the character finds its own first words. */
  greeting: maybe(8_000),
  /** Other first words, to choose from once the story has begun. */
  alternateGreetings: z.array(prose(8_000)).max(50).default([]),
  /** How to write, in front of the history and after it; null for what the chat or Troupe says. */
  frame: prose(16_000).nullable().default(null),
  instructions: prose(8_000).nullable().default(null),
  book: lorebook.nullable().default(null),
  /** Speaks in age-restricted channels only. */
  adult: z.boolean().default(false),
  /** Its replies may hold headings and code blocks. */
  markdown: z.boolean().default(false),
  /** SHA-256 of the card's file that it was read from; null for a character that never was one. */
  card: z.string().length(64).nullable().default(null),
  /** SHA-256 of the picture's bytes, in hex; null without a picture. */
  avatar: z.string().length(64).nullable(),
});
export type Sheet = z.infer<typeof sheet>;

export const exampleSheet: Sheet = {
  name: 'Mira',
  pronouns: 'she/her',
  colour: '#c9784a',
  summary: 'Keeps an inn that is not on any map',
  persona: 'Mira keeps the inn at the end of the pier and every secret told in it.',
  traits: ['patient', 'dry'],
  voice: ['Sit. The soup is honest, which is more than I can say for the company.'],
  backstory: 'She came with the first winter ship and stayed.',
  relationship: 'Whoever walks in is a guest until proven otherwise.',
  kickoff: 'Rain. The last guest has left. The door opens once more.',
  place: 'The Drowned Bell',
  time: 'Late evening',
  greeting: '*looks up from the ledger* You are late for supper and early for trouble.',
  alternateGreetings: ['*asleep over the ledger*'],
  frame: null,
  instructions: null,
  book: null,
  adult: false,
  markdown: false,
  card: null,
  avatar: null,
};

/** Sheets of schema 1 lack what has a default, which parsing fills in. */
export const upcastSheet = (payload: unknown): unknown => payload;

/** The parts that need not be filled in, as nobody filled them in. */
export const blankParts = {
  pronouns: '',
  summary: '',
  traits: [],
  voice: [],
  backstory: '',
  relationship: '',
  kickoff: '',
  place: '',
  time: '',
  greeting: '',
  avatar: null,
} satisfies Partial<Sheet>;

/** What is left of a sheet that its author took back: the name that it plays under. */
export const bareSheet = ({ name, colour, adult, markdown }: Sheet): Sheet => ({
  ...blankParts,
  name,
  colour,
  persona: NO_WORDS,
  alternateGreetings: [],
  frame: null,
  instructions: null,
  book: null,
  adult,
  markdown,
  card: null,
});
