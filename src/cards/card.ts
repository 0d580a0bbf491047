import type { Lorebook } from '../engine/lore/lorebook.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { type BookNote, readLorebook } from './lorebookJson.ts';

/** What a card says that Troupe understands; all else is kept as it was read and written back. */
export interface CardFields {
  readonly name: string;
  /** What `{{char}}` stands for, where that is not the name. */
  readonly nickname: string;
  readonly description: string;
  readonly personality: string;
  readonly scenario: string;
  readonly greeting: string;
  readonly alternateGreetings: readonly string[];
  readonly examples: string;
  readonly systemPrompt: string;
  readonly postHistory: string;
  readonly creatorNotes: string;
  readonly creator: string;
  readonly tags: readonly string[];
}

/** Something in a card that is kept and has no effect in Troupe, by its path. */
export interface CardNote {
  readonly path: string;
  readonly why: 'not-used' | 'wrong-type' | BookNote['why'];
}

export interface Card {
  readonly version: 1 | 2 | 3;
  /** As it was read. */
  readonly json: JsonObject;
  readonly fields: CardFields;
  readonly book: Lorebook | null;
  readonly notes: readonly CardNote[];
}

/** Where each field stands: the key of the specification, then what older programs called it. */
const TEXTS = {
  name: ['name', 'char_name'],
  nickname: ['nickname'],
  description: ['description', 'char_persona'],
  personality: ['personality'],
  scenario: ['scenario', 'world_scenario'],
  greeting: ['first_mes', 'char_greeting'],
  examples: ['mes_example', 'example_dialogue'],
  systemPrompt: ['system_prompt'],
  postHistory: ['post_history_instructions'],
  creatorNotes: ['creator_notes', 'creatorcomment'],
  creator: ['creator'],
} as const satisfies Partial<Record<keyof CardFields, readonly string[]>>;
const LISTS = { alternateGreetings: 'alternate_greetings', tags: 'tags' } as const;

/** Read, and of no effect: they say something of the file, or are Troupe's to decide. */
const ASIDE = ['character_version', 'creation_date', 'modification_date', 'source', 'spec'];

type TextField = keyof typeof TEXTS;
type ListField = keyof typeof LISTS;

/** Reads a card of any version, as far as it can be understood; null for JSON that is none. */
export function readCard(json: JsonObject): Card | null {
  const data = dataOf(json);
  const notes: CardNote[] = [];
  const looked = new Set<string>([...ASIDE, 'spec_version', 'data', 'character_book']);
  const text = (field: TextField): string => {
    for (const key of TEXTS[field]) {
      looked.add(key);
      const value = data[key] ?? json[key];
      if (value === undefined || value === null) continue;
      if (typeof value === 'string') return value;
      notes.push({ path: key, why: 'wrong-type' });
      if (typeof value === 'number') return String(value);
      if (Array.isArray(value)) return value.filter((each) => typeof each === 'string').join('\n');
    }
    return '';
  };
  const list = (field: ListField): string[] => {
    const key = LISTS[field];
    looked.add(key);
    const value = data[key] ?? json[key];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) {
      const texts = value.filter((each): each is string => typeof each === 'string');
      if (texts.length < value.length) notes.push({ path: key, why: 'wrong-type' });
      return texts.filter((each) => each.trim() !== '');
    }
    notes.push({ path: key, why: 'wrong-type' });
    if (typeof value !== 'string' || value.trim() === '') return [];
    return field === 'tags' ? value.split(',').map((each) => each.trim()) : [value];
  };
  const texts = Object.fromEntries(
    (Object.keys(TEXTS) as TextField[]).map((field) => [field, text(field)]),
  ) as Record<TextField, string>;
  const fields = { ...texts, alternateGreetings: list('alternateGreetings'), tags: list('tags') };
  if (fields.name.trim() === '' && fields.description === '' && fields.greeting === '') return null;
  const read = readLorebook(data.character_book ?? json.character_book ?? null);
  notes.push(...read.notes.map(({ path, why }) => ({ path: `character_book.${path}`, why })));
  for (const [key, value] of Object.entries(data)) {
    if (!looked.has(key) && !isEmpty(value)) notes.push({ path: key, why: 'not-used' });
  }
  return { version: versionOf(json), json, fields, book: read.book, notes };
}

/** The fields of a V1 card stand at the top, whatever it calls itself. */
const dataOf = (json: JsonObject): JsonObject => (isObject(json.data) ? json.data : json);

function versionOf(json: JsonObject): Card['version'] {
  if (!isObject(json.data)) return 1;
  const stated = Number.parseFloat(String(json.spec_version ?? ''));
  return json.spec === 'chara_card_v3' || stated >= 3 ? 3 : 2;
}

/**
 * The card's JSON with fields changed: what is not named, and what is the same, stays as it was read,
 * unknown keys and all.
 */
export function withFields(card: Card, changes: Partial<CardFields>): JsonObject {
  const data: Record<string, Json> = { ...dataOf(card.json) };
  const changed = (field: keyof CardFields) =>
    changes[field] !== undefined &&
    JSON.stringify(changes[field]) !== JSON.stringify(card.fields[field]);
  for (const [field, keys] of Object.entries(TEXTS)) {
    if (!changed(field as TextField)) continue;
    const key = keys.find((each) => each in data) ?? keys[0];
    data[key] = changes[field as TextField] ?? '';
  }
  for (const [field, key] of Object.entries(LISTS)) {
    if (changed(field as ListField)) data[key] = [...(changes[field as ListField] ?? [])];
  }
  return isObject(card.json.data) ? { ...card.json, data } : data;
}

/** A card of the newest version for what was never one. */
export const newCard = (fields: Partial<CardFields>): JsonObject => {
  const empty = {
    name: '',
    description: '',
    personality: '',
    scenario: '',
    first_mes: '',
    mes_example: '',
    creator_notes: '',
    system_prompt: '',
    post_history_instructions: '',
    alternate_greetings: [],
    tags: [],
    creator: '',
    character_version: '',
    extensions: {},
    group_only_greetings: [],
  };
  const json = { spec: 'chara_card_v3', spec_version: '3.0', data: empty };
  const card = readCard({ ...json, data: { ...empty, name: '?' } });
  return card === null ? json : withFields(card, fields);
};

const isEmpty = (value: Json): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
