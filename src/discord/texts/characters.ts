import { NOBODY } from '../../engine/erasure.ts';
import type { Details } from '../texts.ts';

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** The parts of a sheet, as forms and refusals name them. */
const fields = {
  name: 'Name',
  pronouns: 'Pronouns',
  summary: 'One line',
  persona: 'Who they are',
  colour: 'Colour',
  kickoff: 'How the story begins',
  place: 'Where',
  time: 'When',
  greeting: 'First words',
  alternateGreetings: 'Other first words',
  traits: 'Traits',
  voice: 'How they talk',
  backstory: 'Past',
  relationship: 'To whoever walks in',
  frame: 'How to write',
  instructions: 'Reminder after the story',
  markdown: 'Headings and code blocks',
  picture: 'Picture',
} as const;

/** What the bot says about characters and their cards. */
export const characterTexts = {
  fields,
  hints: {
    summary: 'Shown where a character is picked',
    colour: 'Such as #c9784a',
    kickoff: 'What has happened; {{user}} is whoever plays',
    greeting: 'What they say first, if they do',
    alternateGreetings: 'Put a line with --- between them',
    traits: 'With commas between them',
    voice: 'Lines they would say, each on a line of its own',
    relationship: 'How they take to strangers',
    frame: 'In place of the usual way of writing',
    instructions: 'Read last, before every reply',
    picture: 'PNG, JPEG, GIF or WebP',
  } as Partial<Record<keyof typeof fields, string>>,
  /** In place of a text that is too long for a form. */
  tooLongForForm: (length: number) =>
    `${length.toLocaleString('en')} characters, kept as they are if you leave this empty`,
  parts: {
    basics: 'Basics',
    opening: 'Opening',
    voice: 'Voice',
    ways: 'Ways of writing',
    picture: 'Picture',
  },
  markdown: { yes: 'Allowed', no: 'Not allowed' },
  done: 'Done',
  discard: 'Discard',
  edit: 'Edit',
  retire: 'Retire',
  markAdult: 'Mark for adults',
  unmarkAdult: 'Unmark for adults',
  adult: 'For adults',
  adultIs: 'only in age-restricted channels',
  unnamed: 'A new character',
  missing: (names: readonly string[]) => `Still missing: ${names.join(', ').toLowerCase()}.`,
  ready: 'Everything needed is there. Press Done to keep it.',
  empty: 'nothing yet',
  asUsual: 'as usual',
  own: 'their own',
  footer: 'Only you see this. What you wrote is kept for a week.',
  greetings: (n: number) => count(n, 'opening to choose from', 'openings to choose from'),
  traitsAndLines: (traits: number, lines: number) =>
    [
      traits === 0 ? '' : count(traits, 'trait', 'traits'),
      lines === 0 ? '' : count(lines, 'line of speech', 'lines of speech'),
    ].filter(Boolean),
  past: (length: number) => `a past of ${length.toLocaleString('en')} characters`,
  lore: 'Lore',
  entries: (n: number) => count(n, 'entry', 'entries'),
  written: (name: string) => `**${name}** is ready. Begin a story with \`/start\`.`,
  rewritten: (name: string) =>
    `**${name}** is rewritten. Stories that are being played keep the old version.`,
  discarded: 'Discarded. Nothing was kept.',
  card: {
    title: (name: string) => `Add ${name}?`.slice(0, 256),
    form: 'Card',
    formIs: (form: string, version: number) => `${form.toUpperCase()}, version ${version}`,
    by: 'Made by',
    openings: 'Openings',
    cut: 'Too long, and cut',
    cutTo: (field: string, had: number, limit: number) =>
      `${field}: ${had.toLocaleString('en')} characters, of which ${limit.toLocaleString('en')} stay`,
    noEffect: 'Kept for exports, without effect here',
    more: (n: number) => `and ${count(n, 'more', 'more')}`,
    confirm: 'Add',
    footer: 'Nothing is kept before you press a button.',
  },
  show: {
    writtenBy: 'Written by',
    troupe: 'Troupe',
    firstWords: 'First words',
    revision: (n: number) => `Version ${n}`,
    retired: 'retired',
    adult: 'for adults',
    useHere: 'Use in this story',
    usedHere: (user: string, name: string) =>
      `-# <@${user}> has **${name}** play by the newest version from here on.`,
  },
  sharing: {
    title: 'Other stories',
    means: (shares: boolean) =>
      shares
        ? 'What happened in one story here may come up in another, before everyone who could have read it there too; never what was whispered, noted by hand, or played in a private thread.'
        : 'Each story by itself: what happened in one does not come up in another.',
    /** What a button does. */
    change: (shares: boolean) => (shares ? 'Let stories meet' : 'Keep stories apart'),
    told: (user: string, name: string, shares: boolean) =>
      shares
        ? `-# <@${user}> lets **${name}** bring up in one story what happened in another.`
        : `-# <@${user}> has **${name}** keep each story to itself.`,
    /** Before a story begins. @param names of those who do, as a list */
    begins: (names: string) =>
      `${names} may bring up here what happened in other stories on this server, and there what happens here.`,
  },
  list: {
    title: 'Characters',
    empty: 'There is no character here yet. Write one with `/character create`.',
    own: 'Yours',
    others: 'Others',
    retired: 'Retired',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previous: '◀',
    next: '▶',
  },
  retiring: {
    question: (name: string) =>
      `Retire **${name}**? Stories go on with it; new ones cannot begin with it. Editing it brings it back.`,
    done: (name: string) => `**${name}** is retired. Editing it brings it back.`,
  },
  exported: (name: string) => `**${name}**, as a card.`,
} as const;

const fieldName = (field: string | number | undefined): string =>
  (fields as Record<string, string>)[String(field)] ?? 'A part of it';

export const characterRefusals = {
  'broken-sheet': ({ field, limit }: Details) =>
    field === 'name' && !limit
      ? 'This name cannot be used: it is empty, or holds "clyde" or "discord". Give another one.'
      : field === 'colour'
        ? 'This is no colour. Write it like `#c9784a`.'
        : `${fieldName(field)} is ${limit ? `too long, at most ${limit}` : 'missing'}. Change it and try again.`,
  'never-shared': () => 'Stories in direct messages never share anything. Do this on a server.',
  'draft-gone': () => 'This form is no longer kept. Begin it again.',
  'not-your-character': ({ author, name }: Details) =>
    author === NOBODY
      ? 'Only people with "Manage Server" may do that. Ask one of them.'
      : String(author).startsWith('user:')
        ? `Only <@${String(author).slice('user:'.length)}>, who wrote ${name}, and people with "Manage Server" may do that. Ask one of them.`
        : `${name} comes with Troupe: only people with "Manage Server" may do that. Ask one of them.`,
  'file-too-large': ({ megabytes }: Details) =>
    `This file is too large. Send one of at most ${megabytes} MB.`,
  'file-gone': () => 'This file could not be fetched from Discord. Send it again.',
} as const;
