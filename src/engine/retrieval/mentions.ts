import { isTelling } from './words.ts';

/** Who of some people is mentioned in texts. */
export interface Mentions {
  /** Whom a text mentions first: who says it, or whom it is about. Null for nobody, or for two of one name. */
  first(text: string): string | null;
  all(text: string): ReadonlySet<string>;
}

/**
 * People are mentioned by their whole name or by a part of it, in whatever case; where the name is a
 * word of every sentence ("Will"), only with its capital.
 */
export function mentionsOf(names: readonly string[]): Mentions {
  const owners = new Map<string, Set<string>>();
  for (const name of names) {
    for (const alias of aliasesOf(name)) {
      owners.set(alias, (owners.get(alias) ?? new Set()).add(name));
    }
  }
  // The longest first: a whole name says more than a part of it.
  const aliases = [...owners.keys()].sort((a, b) => b.length - a.length);
  if (aliases.length === 0) return { first: () => null, all: () => new Set() };
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${aliases.map(escaped).join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );
  const written = new Map(aliases.map((alias) => [alias.toLowerCase(), alias]));
  const ownersIn = function* (text: string): Iterable<ReadonlySet<string>> {
    for (const [found] of text.matchAll(pattern)) {
      const alias = written.get(found.toLowerCase()) ?? found;
      if (isTelling(found.toLowerCase()) || found === alias) yield owners.get(alias) ?? new Set();
    }
  };
  return {
    first: (text) => {
      for (const people of ownersIn(text))
        return people.size === 1 ? ([...people][0] ?? null) : null;
      return null;
    },
    all: (text) => new Set([...ownersIn(text)].flatMap((people) => [...people])),
  };
}

/** Parts that are too short, or begin small ("the", "of"), are no names. */
const aliasesOf = (name: string): string[] => [
  name,
  ...name
    .split(/\s+/)
    .filter((part) => part.length > 2 && /^\p{Lu}/u.test(part) && isTelling(part.toLowerCase())),
];

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
