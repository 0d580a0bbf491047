import { hash } from '../answering.ts';
import { activeEntries } from '../lore/activeEntries.ts';
import { type Lorebook, MOST_ENTRIES } from '../lore/lorebook.ts';
import { fillMacros, type Macros } from '../macros.ts';
import type { Sheet } from '../sheet.ts';
import type { PromptAsk } from './assemblePrompt.ts';
import type { Counts } from './counts.ts';
import type { Entry } from './filling.ts';
import { isKnown, textOf } from './transcript.ts';

/** An order of its own for each entry, book after book: a book holds at most so many. */
const BOOK = MOST_ENTRIES;

/**
 * What a character knows of its world that the talk has come to: its own book first, then those that the
 * story draws on; of each the most important first, as much as the book allows. What two books say alike
 * is told once.
 */
export function loreEntries(
  { story, character, books }: PromptAsk,
  sheet: Sheet,
  macros: Macros,
  counts: Counts,
): Entry[] {
  const all = sheet.book === null ? books : [sheet.book, ...books];
  if (all.length === 0) return [];
  const known = story.turns.filter((turn) => isKnown(turn, character));
  const moment = known.at(-1)?.node ?? '';
  const recent = known.map(textOf).filter(Boolean);
  // Whoever writes of someone may write their first name alone.
  const names = [sheet.name, sheet.name.split(' ', 1)[0] ?? ''].filter(Boolean);
  const die = (entry: string) => hash(`${moment} ${entry}`) % 100;
  const told = new Set<string>();
  return all.flatMap((book: Lorebook, at) => {
    let left = book.budget ?? Number.POSITIVE_INFINITY;
    return activeEntries(book, { recent, names, die })
      .map(({ content, priority }, order) => ({ content, priority, order: at * BOOK + order }))
      .sort((a, b) => b.priority - a.priority)
      .flatMap(({ content, order }): Entry[] => {
        const unit = `- ${fillMacros(content, macros)}`;
        if (told.has(unit)) return [];
        left -= counts.of(unit);
        if (left < 0) return [];
        told.add(unit);
        return [{ section: 'world', name: "the world's lore", units: [unit], order }];
      });
  });
}
