import { describe, expect, test } from 'vitest';
import { label, parseEvent, type StoredEvent, UnknownEventError } from '../../src/engine/event.ts';
import { kinds } from '../../src/engine/events/index.ts';
import { defaultSettings } from '../../src/engine/world.ts';
import { schemas } from '../../src/ops/printSchemas.ts';

const stored = (type: string, payload: unknown, schema = 1): StoredEvent => ({
  stream: 'chat:c1',
  version: 1,
  type,
  schema,
  payload,
  at: '2026-11-21T10:00:00.000Z',
  actor: 'troupe',
  command: 'x',
  node: 'n1',
  sources: [],
  run: null,
  cause: null,
});

describe.each(kinds.map((kind) => [kind.type, kind] as const))('%s', (type, kind) => {
  test('has an example that passes its schema and comes back from JSON unchanged', () => {
    const event = parseEvent(stored(type, JSON.parse(JSON.stringify(kind.example)), kind.schema));
    expect(event.payload).toEqual(kind.example);
  });

  test('has a label without jargon', () => {
    const event = parseEvent(stored(type, kind.example, kind.schema));
    const text = label(event, () => 'Ann');
    expect(text).not.toMatch(/undefined|node|event|chat:/i);
    expect(text.length).toBeGreaterThan(3);
  });

  test('has an upcast for each older schema', () => {
    expect('upcasts' in kind ? kind.upcasts : []).toHaveLength(kind.schema - 1);
  });
});

test('kinds have distinct names in the past tense of the design', () => {
  expect(new Set(kinds.map((kind) => kind.type)).size).toBe(kinds.length);
});

test('an unknown kind is refused with a clear line', () => {
  expect(() => parseEvent(stored('DragonTamed', {}))).toThrow(UnknownEventError);
  expect(() => parseEvent(stored('DragonTamed', {}))).toThrow(/DragonTamed.*newer/s);
});

test('what was said before quotations and pictures had an origin has none', () => {
  const quote = { by: 'Ann', text: 'Hm' };
  const { payload } = parseEvent(
    stored('UserSpoke', {
      by: 'user:1',
      message: '100000000000000004',
      text: 'Look',
      segments: [],
      quote,
      attachments: [{ name: 'a.png', type: 'image/png', size: 3 }],
    }),
  );
  expect(payload).toMatchObject({
    to: null,
    quote: { ...quote, node: null, entity: null },
    attachments: [{ name: 'a.png', url: null }],
  });
});

test('a reply of before there were whispers and wishes was for everyone, and nothing was wanted of it', () => {
  const { payload } = parseEvent(stored('ReplyStarted', { by: 'character:mira', answers: ['n1'] }));
  expect(payload).toEqual({ by: 'character:mira', to: null, answers: ['n1'], note: null });
});

test('an event written by a newer version is refused', () => {
  expect(() => parseEvent(stored('ChatArchived', {}, 2))).toThrow(UnknownEventError);
});

test('every kind and boundary is printed as JSON Schema', () => {
  const { events, boundaries } = schemas();
  expect(Object.keys(events)).toEqual(kinds.map((kind) => kind.type));
  for (const { payload } of Object.values(events)) expect(payload).toHaveProperty('type');
  expect(Object.keys(boundaries)).toContain('Sheet');
});

test('a branch from before stories drew on lorebooks draws on none', () => {
  const { books: _none, ...settings } = defaultSettings;
  const kind = kinds.find(({ type }) => type === 'ChatBranched');
  const payload = { ...(kind?.example as object), settings };
  expect(parseEvent(stored('ChatBranched', payload)).payload).toEqual(kind?.example);
});
