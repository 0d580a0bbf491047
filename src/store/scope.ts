import { hash } from 'node:crypto';
import type { EntityId } from '../engine/ids.ts';

/** Tokens for whose a memory is, who witnessed it, and whether other stories may hear of it. */
export const scopeOf = (
  root: number,
  owner: EntityId,
  witnesses: readonly EntityId[],
  tellable = false,
): string =>
  [
    token('o', root, owner),
    ...witnesses.map((entity) => token('w', root, entity)),
    ...(tellable ? [token('t', root, owner)] : []),
  ].join(' ');

/** Asks for any of some words in what one owner remembers. */
export const matchOf = (root: number, owner: EntityId, words: readonly string[]): string =>
  `scope:(${token('o', root, owner)}) AND text:(${words.map(quoted).join(' OR ')})`;

/** Asks for any of some words in what one owner may tell of some stories. */
export const tellableMatch = (
  roots: readonly number[],
  owner: EntityId,
  words: readonly string[],
): string =>
  `scope:(${roots.map((root) => token('t', root, owner)).join(' OR ')}) AND text:(${words.map(quoted).join(' OR ')})`;

/** Asks for what one owner remembers and all of some others witnessed, by any of some words. */
export function witnessedMatch(
  root: number,
  owner: EntityId,
  viewers: readonly EntityId[],
  words: readonly string[] | null,
): string {
  const tokens = [token('o', root, owner), ...viewers.map((each) => token('w', root, each))];
  const scope = `scope:(${tokens.join(' AND ')})`;
  return words === null ? scope : `${scope} AND text:(${words.map(quoted).join(' OR ')})`;
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** Opaque, of fixed length, and ending in digits: the stemmer would merge names that differ by an ending. */
function token(role: 'o' | 'w' | 't', root: number, entity: EntityId): string {
  const digest = hash('sha256', `${root} ${entity}`, 'buffer');
  return `${role}${digest.readBigUInt64BE().toString().padStart(20, '0')}`;
}
