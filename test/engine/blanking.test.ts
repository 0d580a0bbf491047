import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { kinds } from '../../src/engine/events/index.ts';

const CANARY = 'canary';
const gone = { said: () => true, repeated: () => true, made: () => true };

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Record<string, Shape>;
  readonly additionalProperties?: Shape | boolean;
}

/** Ids, by their patterns: they name, and say nothing. */
const IDS = ['n1', 'place:p1', '100000000000000004', 'character:mira', 'direct', '#c9784a', 'b1'];

/** A payload in which every free text is a canary, and everything that may be there is. */
function filled(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.anyOf !== undefined) return filled(shape.anyOf[0] ?? {});
  switch (shape.type) {
    case 'string': {
      const { pattern, format, minLength, maxLength } = shape;
      if (format === 'uri') return `https://example.com/${CANARY}`;
      if (pattern !== undefined) return IDS.find((id) => new RegExp(pattern).test(id)) ?? pattern;
      return minLength === 64 && maxLength === 64 ? 'a'.repeat(64) : CANARY;
    }
    case 'integer':
    case 'number':
      return Math.max(shape.minimum ?? 1, 2) > 2 ? shape.minimum : 1 + Number(shape.minimum === 2);
    case 'boolean':
      return true;
    case 'array':
      return [filled(shape.items ?? {})];
    case 'object':
      if (shape.properties === undefined) return { key: CANARY };
      return Object.fromEntries(
        Object.entries(shape.properties).map(([key, each]) => [key, filled(each)]),
      );
    default:
      return null;
  }
}

/** Free texts that are nobody's words, or the character's: `type.path`. */
const STAYS = [
  'HomeConfigured.settings.key',
  'LoreRemoved.entry',
  'ReplyFailed.failure',
  'ReplyCompleted.text',
  'ReplyCompleted.model',
  'ChatCreated.card.greeting',
  'ChatCreated.card.alternateGreetings.0',
  'ChatBranched.card.greeting',
  'ChatBranched.card.alternateGreetings.0',
  'SceneSummarized.standsOn.mark',
  'RelationshipSummarized.standsOn.mark',
  'CharacterAuthored.sheet.name',
  'CharacterRevised.sheet.name',
  'SheetUpdated.sheet.name',
  'EntityEntered.name',
  'EntityEntered.sheet.name',
  'LoreWritten.entry.id',
  'LorebookAuthored.book.entries.0.id',
];

const canariesIn = (value: unknown, path: string): string[] => {
  if (typeof value === 'string') return value.includes(CANARY) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => canariesIn(each, `${path}.${key}`));
};

describe.each(kinds.map((kind) => [kind.type, kind] as const))('%s', (type, kind) => {
  const payload = filled(z.toJSONSchema(kind.payload, { io: 'input' }) as Shape);

  test('is without any of a person’s words once it is blanked, and passes its schema', () => {
    const stored = kind.payload.parse(payload) as never;
    const left = kind.blank?.(stored, gone, { stream: 'chat:c1', version: 3 }) ?? stored;
    expect(kind.payload.parse(left)).toEqual(left);
    expect(canariesIn(left, type).filter((path) => !STAYS.includes(path))).toEqual([]);
  });

  test('is left as it is where nothing in it is theirs', () => {
    const stored = kind.payload.parse(payload) as never;
    const none = { said: () => false, repeated: () => false, made: () => false };
    expect(kind.blank?.(stored, none, { stream: 'chat:c1', version: 3 }) ?? stored).toEqual(stored);
  });
});

test('whoever comes in as a person leaves no name', () => {
  const entered = kinds.find(({ type }) => type === 'EntityEntered');
  const payload = { entity: 'user:1', name: CANARY, sheet: null, revision: null };
  const left = entered?.blank?.(payload as never, gone, { stream: 'chat:c1', version: 1 });
  expect(left).toEqual({ ...payload, name: 'Someone' });
});
