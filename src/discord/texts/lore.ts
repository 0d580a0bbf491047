import { NOBODY } from '../../engine/erasure.ts';
import type { Details } from '../texts.ts';

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const fields = {
  name: 'Name',
  keys: 'Comes up with',
  secondaryKeys: 'And with',
  content: 'What is to be known',
  knownBy: 'Known only by',
} as const;

/** What the bot says about lorebooks. */
export const loreTexts = {
  fields,
  hints: {
    name: 'For lists; nobody in a story sees it',
    keys: 'Words with commas between them',
    secondaryKeys: 'One of these has to come up as well',
    knownBy: 'Names of characters; everyone, if you leave it out',
  } as Partial<Record<keyof typeof fields, string>>,
  form: { add: 'A new entry', edit: 'Change an entry' },
  title: 'Lore',
  none: 'There is no lore here yet. Write some with `/lore add`.',
  unnamed: 'Lore',
  entries: (n: number) => count(n, 'entry', 'entries'),
  usedHere: 'used in this story',
  useHere: 'Use in this story',
  leaveOut: 'Leave out of this story',
  used: (user: string, name: string) => `-# <@${user}> has this story draw on **${name}**.`,
  left: (user: string, name: string) => `-# <@${user}> has this story leave **${name}** out.`,
  given: (character: string, name: string) => `**${character}** knows **${name}** from now on.`,
  hidden: 'Only whoever wrote it, and people with "Manage Server", can read its entries.',
  always: 'always',
  on: (keys: string) => `on ${keys}`,
  and: (keys: string) => `and ${keys}`,
  chance: (percent: number) => `${percent} % of the time`,
  knownBy: (names: string) => `known by ${names}`,
  off: 'switched off',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: '◀',
  next: '▶',
  written: (name: string, book: string) => `**${name}** is in **${book}**.`,
  removed: (name: string, book: string) => `**${name}** is out of **${book}**.`,
  removing: {
    question: (book: string, n: number) =>
      `Take **${book}** away, with ${count(n, 'entry', 'entries')}? No story draws on it any more.`,
    button: 'Take it away',
    done: (book: string) => `**${book}** is gone.`,
  },
  imported: (book: string, n: number) =>
    `**${book}** is here, with ${count(n, 'entry', 'entries')}.`,
  notes: (n: number) => `${count(n, 'thing was', 'things were')} not understood and left out.`,
  exported: (book: string) => `**${book}**, for any program that reads lorebooks.`,
} as const;

export const loreRefusals = {
  'unknown-book': () => 'There is no such lorebook here. Pick one from the list.',
  'unknown-lore': () => 'There is no such entry. Pick one from the list.',
  'books-full': ({ most }: Details) =>
    `There are ${most} lorebooks here, which is as many as there can be. Take one away first.`,
  'book-full': ({ most }: Details) =>
    `This lorebook has ${most} entries, which is as many as there can be. Begin another one.`,
  'broken-book': () => 'This file is no lorebook. Send one as JSON, at most 8 MB.',
  'broken-entry': ({ field }: Details) =>
    `${(fields as Record<string, string>)[String(field)] ?? 'A part of it'} is missing or too long. Change it and try again.`,
  'not-your-book': ({ author }: Details) =>
    author === NOBODY
      ? 'Only people with "Manage Server" may do that. Ask one of them.'
      : `Only <@${String(author).replace('user:', '')}>, who wrote this lorebook, and people with "Manage Server" may do that. Ask one of them.`,
} as const;
