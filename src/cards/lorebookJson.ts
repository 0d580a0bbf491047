import {
  DEFAULT_SCAN_DEPTH,
  type Lorebook,
  type LoreEntry,
  MOST_ENTRIES,
} from '../engine/lore/lorebook.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

export interface BookNote {
  readonly path: string;
  /** `pattern`: regular expressions from strangers are not run; its keys are taken as words. */
  readonly why: 'wrong-type' | 'empty' | 'too-many' | 'pattern' | 'decorator';
}

export interface ReadBook {
  readonly book: Lorebook | null;
  readonly notes: readonly BookNote[];
}

/** What stands on its own line before an entry's text and says how it is to be used. */
const DECORATOR = /^@@@?(?<name>[a-z_]+)[^\S\n]*(?<value>[^\n]*)\n?/;

/** Reads a lorebook of a card, one by itself (`lorebook_v3`), or a world-info file, as far as it can be understood. */
export function readLorebook(given: Json): ReadBook {
  const notes: BookNote[] = [];
  if (given === null) return { book: null, notes };
  const source = isObject(given) && isObject(given.data) ? given.data : given;
  const listed = Array.isArray(source) ? source : isObject(source) ? source.entries : null;
  // World-info files have an object with a number for each entry.
  const raw = Array.isArray(listed) ? listed : isObject(listed) ? Object.values(listed) : null;
  if (raw === null) return { book: null, notes: [{ path: '', why: 'wrong-type' }] };
  if (raw.length > MOST_ENTRIES) notes.push({ path: 'entries', why: 'too-many' });
  const about = isObject(source) ? source : {};
  const entries = raw.slice(0, MOST_ENTRIES).flatMap((each: Json, index: number): LoreEntry[] => {
    const note = (why: BookNote['why']) => void notes.push({ path: `entries.${index}`, why });
    const entry = isObject(each) ? entryOf(each, index, note) : null;
    if (entry === null) note(isObject(each) ? 'empty' : 'wrong-type');
    return entry === null ? [] : [entry];
  });
  const book: Lorebook = {
    name: string(about.name).slice(0, 200),
    scanDepth: bounded(about.scan_depth, 0, 1_000) ?? DEFAULT_SCAN_DEPTH,
    budget: bounded(about.token_budget, 0, 1_000_000),
    recursive: about.recursive_scanning === true,
    entries,
  };
  return { book: entries.length === 0 && book.name === '' ? null : book, notes };
}

/** A book as `lorebook_v3` has it; who knows of an entry stands in front of its text, as it was read. */
export function writeLorebook(book: Lorebook): JsonObject {
  const { name, scanDepth, budget, recursive, entries } = book;
  return {
    name,
    scan_depth: scanDepth,
    ...(budget === null ? {} : { token_budget: budget }),
    recursive_scanning: recursive,
    extensions: {},
    entries: entries.map(entryJson),
  };
}

function entryJson(entry: LoreEntry): JsonObject {
  const { id, name, keys, secondaryKeys, content, enabled, constant, order, priority } = entry;
  const { scanDepth, probability, caseSensitive, knownBy } = entry;
  const known = knownBy.length === 0 ? '' : `@@known_by ${knownBy.join(', ')}\n`;
  return {
    id,
    name,
    keys,
    secondary_keys: secondaryKeys,
    selective: secondaryKeys.length > 0,
    content: `${known}${content}`,
    enabled,
    constant,
    insertion_order: order,
    priority,
    case_sensitive: caseSensitive,
    use_regex: false,
    extensions: { probability, ...(scanDepth === null ? {} : { scan_depth: scanDepth }) },
  };
}

function entryOf(
  raw: JsonObject,
  index: number,
  note: (why: BookNote['why']) => void,
): LoreEntry | null {
  const own = isObject(raw.extensions) ? raw.extensions : {};
  const { content, knownBy, odd } = undecorated(string(raw.content));
  if (odd) note('decorator');
  if (content === '') return null;
  if (raw.use_regex === true) note('pattern');
  const useProbability = raw.useProbability ?? own.useProbability ?? true;
  const probability = bounded(raw.probability ?? own.probability, 0, 100) ?? 100;
  const order = bounded(raw.insertion_order ?? raw.order, -1e6, 1e6) ?? 100;
  const selective = raw.selective !== false;
  return {
    id: String(raw.id ?? raw.uid ?? index)
      .slice(0, 60)
      .concat(`-${index}`),
    name: string(raw.name ?? raw.comment).slice(0, 200),
    keys: words(raw.keys ?? raw.key),
    secondaryKeys: selective ? words(raw.secondary_keys ?? raw.keysecondary) : [],
    content: content.slice(0, 16_000),
    enabled: raw.enabled !== false && raw.disable !== true,
    constant: raw.constant === true,
    order,
    priority: bounded(raw.priority, -1e6, 1e6) ?? order,
    scanDepth: bounded(raw.scanDepth ?? own.scan_depth, 0, 1_000),
    probability: useProbability === false ? 100 : probability,
    caseSensitive: (raw.case_sensitive ?? raw.caseSensitive ?? own.case_sensitive) === true,
    knownBy,
  };
}

/** Takes the decorators off an entry's text; `@@known_by` names the only ones who know of it. */
function undecorated(text: string): { content: string; knownBy: string[]; odd: boolean } {
  let content = text.trim();
  let odd = false;
  const knownBy: string[] = [];
  for (let found = DECORATOR.exec(content); found !== null; found = DECORATOR.exec(content)) {
    if (found.groups?.name === 'known_by') knownBy.push(...words(found.groups.value ?? ''));
    else odd = true;
    content = content.slice(found[0].length).trim();
  }
  return { content, knownBy: knownBy.map((name) => name.slice(0, 80)).slice(0, 50), odd };
}

/** A list of words, or one text with commas between them. */
function words(value: Json | undefined): string[] {
  const given = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return given
    .filter((each): each is string => typeof each === 'string')
    .map((each) => each.trim().slice(0, 200))
    .filter((each) => each !== '')
    .slice(0, 200);
}

const string = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

function bounded(value: Json | undefined, least: number, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  return Math.min(most, Math.max(least, Math.round(number)));
}
