import type { Lorebook, LoreEntry } from './lorebook.ts';

/** What a book is asked with. */
export interface Asked {
  /** What the character perceived of the last turns, oldest first. */
  readonly recent: readonly string[];
  /** Names that whoever is told goes by. */
  readonly names: readonly string[];
  /** 0 to 99, the same for the same entry in the same prompt. */
  readonly die: (entry: string) => number;
}

/** The entries of a book that the talk has come to and that may be known, in the order of the prompt. */
export function activeEntries(book: Lorebook, asked: Asked): LoreEntry[] {
  const names = new Set(asked.names.map(folded));
  const open = book.entries.filter(
    ({ enabled, knownBy, probability, id }) =>
      enabled &&
      (knownBy.length === 0 || knownBy.some((name) => names.has(folded(name)))) &&
      asked.die(id) < probability,
  );
  const active = new Set<LoreEntry>();
  const fold = foldedOnce();
  let called: readonly string[] = [];
  do {
    const found = open.filter((entry) => {
      if (active.has(entry)) return false;
      const depth = entry.scanDepth ?? book.scanDepth;
      return isCalled(entry, [...(depth === 0 ? [] : asked.recent.slice(-depth)), ...called], fold);
    });
    for (const entry of found) active.add(entry);
    called = book.recursive ? found.map(({ content }) => content) : [];
  } while (called.length > 0);
  return [...active].sort((a, b) => a.order - b.order);
}

function isCalled(entry: LoreEntry, texts: readonly string[], fold: Fold): boolean {
  if (entry.constant) return true;
  const { keys, secondaryKeys, caseSensitive } = entry;
  const occurs = (key: string) =>
    texts.some((text) => (caseSensitive ? holds(text, key) : holds(fold(text), folded(key))));
  return keys.some(occurs) && (secondaryKeys.length === 0 || secondaryKeys.some(occurs));
}

/** Whether a text holds a key as words of its own; scripts that do not part words are searched as they are. */
function holds(where: string, what: string): boolean {
  if (what.trim() === '') return false;
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const before = where.slice(Math.max(0, at - 2), at);
    const after = where.slice(at + what.length, at + what.length + 2);
    const parted = !(WORD_END.test(before) && WORD_START.test(what));
    if (parted && !(WORD_END.test(what) && WORD_START.test(after))) return true;
  }
  return false;
}

// Letters of scripts that part words by spaces; an inflected key is found by giving its stem as a key too.
const LETTER = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}]';
const WORD_START = new RegExp(`^${LETTER}`, 'u');
const WORD_END = new RegExp(`${LETTER}$`, 'u');

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

type Fold = (text: string) => string;

/** The turns are the same for every key of every entry. */
function foldedOnce(): Fold {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text) ?? folded(text);
    known.set(text, before);
    return before;
  };
}
