import { z } from 'zod';
import { type ChatId, chatId } from '../../engine/ids.ts';
import { customId } from '../customId.ts';

/** The tabs by the two letters that a custom id has room for. */
const TABS = {
  sc: 'scene',
  ca: 'cast',
  re: 'relationships',
  me: 'memories',
  so: 'soFar',
  lo: 'lore',
  se: 'settings',
  ed: 'edits',
} as const;
export type Tab = (typeof TABS)[keyof typeof TABS];
export const tabs = Object.values(TABS);

/** What of the drawer is open. */
export interface Where {
  readonly chat: ChatId;
  readonly tab: Tab;
  /** Whether everything is shown, and not what one person witnessed. */
  readonly full: boolean;
  /** Where a list is read: a page, or from where it goes on; empty for its beginning. */
  readonly page: string;
  /** Whom or what it is about, see `subjects.ts`; empty for all. */
  readonly of: string;
  /** What was searched for; empty for nothing. */
  readonly words: string;
}

/** What a custom id has room for. */
export const MOST_WORDS = 36;
const PAGE = z.string().regex(/^[\w.-]{0,24}$/);
const SUBJECT = z.string().regex(/^[\w.-]{0,48}$/);

/** A tab, and whether everything is shown (`f`) or what one witnessed oneself (`o`). */
const VIEW = z.string().regex(new RegExp(`^(${Object.keys(TABS).join('|')})[fo]$`));

/** The arguments of a custom id that names a part of the drawer, the chat first. */
export const whereArgs = z
  .tuple([chatId, VIEW, PAGE, SUBJECT, z.string().max(MOST_WORDS)])
  .rest(z.string());
export type WhereArgs = z.output<typeof whereArgs>;

export const whereOf = ([chat, view, page, of, words]: WhereArgs): Where => ({
  chat,
  tab: (TABS as Record<string, Tab>)[view.slice(0, 2)] ?? 'scene',
  full: view.endsWith('f'),
  page,
  of,
  words,
});

/** A colon parts the arguments of a custom id. */
export const searchable = (words: string): string =>
  words.replaceAll(':', ' ').replaceAll(/\s+/g, ' ').trim().slice(0, MOST_WORDS).trim();

const codeOf = (tab: Tab): string =>
  Object.entries(TABS).find(([, each]) => each === tab)?.[0] ?? '';

/** @param more what else the control needs, see its own schema. */
export function whereId(name: string, where: Where, ...more: readonly string[]): string {
  const { chat, tab, full, page, of, words } = where;
  return customId(name, chat, `${codeOf(tab)}${full ? 'f' : 'o'}`, page, of, words, ...more);
}

type Picked = Pick<Where, 'tab' | 'page' | 'of'>;

/** What a menu of the drawer sends back. */
export const pickedValue = ({ tab, page, of }: Picked): string => `${codeOf(tab)}:${page}:${of}`;

const picked = z.tuple([z.string(), PAGE, SUBJECT]).transform(([code, page, of]): Picked | null => {
  const tab = (TABS as Record<string, Tab>)[code];
  return tab === undefined ? null : { tab, page, of };
});

/** Null for what no menu of the drawer offers. */
export const pickedOf = (value: string | undefined): Picked | null =>
  picked.safeParse((value ?? '').split(':')).data ?? null;
