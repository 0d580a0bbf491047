import { hash } from '../answering.ts';
import { activeEntries } from '../lore/activeEntries.ts';
import type { Sheet } from '../sheet.ts';
import type { PromptAsk } from './assemblePrompt.ts';
import type { Counts } from './counts.ts';
import type { Entry } from './filling.ts';
import { isKnown, textOf } from './transcript.ts';

/** What a character knows of its world that the talk has come to, as much as the book allows: the most important first. */
export function loreEntries(
  { story, character }: PromptAsk,
  sheet: Sheet,
  counts: Counts,
): Entry[] {
  const { book } = sheet;
  if (book === null) return [];
  const known = story.turns.filter((turn) => isKnown(turn, character));
  const moment = known.at(-1)?.node ?? '';
  const active = activeEntries(book, {
    recent: known.map(textOf).filter(Boolean),
    names: [sheet.name, story.cast[character]?.name ?? sheet.name],
    die: (entry) => hash(`${moment} ${entry}`) % 100,
  });
  let left = book.budget ?? Number.POSITIVE_INFINITY;
  return active
    .map((entry, order) => ({ entry, order }))
    .sort((a, b) => b.entry.priority - a.entry.priority)
    .flatMap(({ entry, order }): Entry[] => {
      const unit = `- ${entry.content}`;
      left -= counts.of(unit);
      return left < 0 ? [] : [{ section: 'world', name: "the world's lore", units: [unit], order }];
    });
}
