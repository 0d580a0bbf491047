import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/sandbox/index.ts';
import { checkExchange } from './checkExchange.ts';
import { exercised, runnable } from './exercised.ts';
import { reportOn, tableOf } from './report.ts';
import { Spec, SpecProblem } from './spec.ts';
import { roomSchema, tinySpec } from './tinySpec.ts';
import { Validator } from './validator.ts';

const validator = new Validator(tinySpec);
const room = { name: 'Attic', things: [{ type: 2, loudness: 3 }] };

const exchange = (more: Partial<Exchange> = {}): Exchange => ({
  kind: 'exchange',
  method: 'PUT',
  path: '/rooms/42',
  route: '/rooms/:room',
  params: { room: '42' },
  query: {},
  contentType: 'application/json',
  body: room,
  files: [],
  injected: false,
  status: 200,
  headers: { 'x-ratelimit-remaining': '4' },
  answer: room,
  ...more,
});

const found = (more: Partial<Exchange>) =>
  checkExchange(tinySpec, validator, exchange(more)).map(
    ({ side, at, why }) => `${side} ${at} ${why}`,
  );

describe('an exchange', () => {
  test('that the document allows has no problem', () => {
    expect(found({})).toEqual([]);
    expect(found({ query: { loud: 'true' } })).toEqual([]);
  });

  test.each<[string, Partial<Exchange>, string[]]>([
    ['a route', { path: '/cellar' }, ['route / the specification knows no such route']],
    ['a method', { method: 'PATCH' }, ['route / the specification knows no such route']],
    [
      'a path parameter',
      { path: '/rooms/attic' },
      [
        'request path room_id must match pattern "^(0|[1-9][0-9]*)$": "attic"',
        'request path room_id must match format "snowflake": "attic"',
      ],
    ],
    ['a query parameter', { query: { loud: '3' } }, ['request query loud must be boolean: 3']],
    [
      'an unknown query parameter',
      { query: { quiet: '1' } },
      ['request query quiet the specification knows no such parameter'],
    ],
    [
      'a field of the body',
      { body: { ...room, name: '' } },
      ['request /name must NOT have fewer than 1 characters: ""'],
    ],
    ['no body', { contentType: null }, ['request / a body is required']],
    [
      'a content type',
      { contentType: 'text/x' },
      ['request / the specification knows no text/x here'],
    ],
    [
      'a body where none is',
      { method: 'DELETE', status: 204, answer: undefined },
      ['request / the specification knows no body here'],
    ],
    [
      'the answer',
      { answer: { name: 'Attic' } },
      ["response / must have required property 'things'"],
    ],
    ['an answer that is missing', { answer: undefined }, ['response / a body is expected']],
    ['a status', { status: 500 }, ['response / the specification knows no status 500 here']],
    [
      'an error',
      { status: 404, answer: { code: 'x', message: 'y' } },
      ['response /code must be integer: "x"'],
    ],
    [
      'a header',
      { headers: { 'x-ratelimit-remaining': 'many' } },
      ['response header X-RateLimit-Remaining must be integer: "many"'],
    ],
  ])('is held to the document in %s', (_, more, expected) => {
    expect(found(more)).toEqual(expected);
  });

  test('of an injected fault is held to it in the request only', () => {
    expect(found({ injected: true, status: 500, answer: undefined })).toEqual([]);
    expect(found({ injected: true, status: 500, body: {} })).toHaveLength(2);
  });

  test('goes by the fixed segment where the document has one', () => {
    const more = { method: 'GET', path: '/rooms/@me', contentType: null, body: undefined };
    expect(found(more)).toEqual([]);
  });
});

test('a body that may be one of several is held to the one that knows its fields', () => {
  const more = { method: 'PATCH', path: '/rooms/@me', status: 204, answer: undefined };
  expect(found({ ...more, body: { name: 'Attic', loud: true } })).toEqual([]);
  expect(found({ ...more, body: { name: 'Attic', loud: 'very' } })).toContain(
    'request /loud must be boolean: "very"',
  );
});

test('a union complains about the alternative that was meant, and no other', () => {
  const bell = { ...room, things: [{ type: 2, loudness: 12 }] };
  expect(validator.misfits(roomSchema, bell)).toEqual([
    { at: '/things/0/loudness', why: 'must be <= 11: 12' },
  ]);
  const unknown = { ...room, things: [{ type: 3 }] };
  expect(validator.misfits(roomSchema, unknown)).toEqual([
    { at: '/things/0/type', why: 'must be equal to one of the allowed values (1,2): 3' },
  ]);
  expect(validator.misfits(roomSchema, { ...room, owner: 'x' }).map(({ at }) => at)).toContain(
    '/owner',
  );
  expect(validator.fits(roomSchema, { ...room, owner: null })).toBe(true);
});

test('a report counts routes and exchanges, and says each violation once', () => {
  const wrong = exchange({ body: { ...room, things: [{ type: 9 }, { type: 9 }] } });
  const report = reportOn(tinySpec, validator, [
    exchange(),
    wrong,
    wrong,
    exchange({ status: 404 }),
  ]);
  expect([report.passed, report.failed]).toEqual([1, 3]);
  expect([...report.violations]).toEqual([
    [expect.stringContaining('request /things/*/type must be equal'), 2],
    [expect.stringContaining("response / must have required property 'code'"), 1],
    [expect.stringContaining("response / must have required property 'message'"), 1],
  ]);
  expect(tableOf(report)).toMatch(/PUT \/rooms\/\{room_id\} +4 {2}200 404/);
});

describe('what was exercised', () => {
  const description = 'x';
  const create = { type: 1, name: 'create', description };
  const grouped = { type: 2, name: 'group', description, options: [create] };

  test('is asked of every subcommand', () => {
    expect(runnable({ name: 'help', description })).toEqual(['help']);
    expect(runnable({ name: 'character', description, options: [create, grouped] })).toEqual([
      'character create',
      'character group create',
    ]);
  });

  test('counts only with an answer that was taken', () => {
    const asked = (token: string, type: number, data: object) =>
      ({ kind: 'event', name: 'INTERACTION_CREATE', data: { token, type, data } }) as const;
    const callback = (token: string, status: number) =>
      exchange({ route: '/interactions/:interaction/:token/callback', params: { token }, status });
    const options = [{ type: 2, name: 'group', options: [{ type: 1, name: 'create' }] }];
    const seen = exercised([
      asked('a', 2, { name: 'character', options }),
      callback('a', 204),
      asked('b', 2, { name: 'help' }),
      callback('b', 404),
      asked('c', 3, { custom_id: '1:stop' }),
      callback('c', 200),
      asked('d', 4, { name: 'start' }),
      callback('d', 200),
    ]);
    expect([...seen.commands]).toEqual(['character group create']);
    expect([...seen.customIds]).toEqual(['1:stop']);
  });
});

test('a document that cannot be read is named in one line', () => {
  expect(() => Spec.read('no/such/file.json')).toThrow(
    new SpecProblem('--spec no/such/file.json: ENOENT'),
  );
  expect(() => Spec.read('README.md')).toThrow(new SpecProblem('--spec README.md: not JSON'));
  expect(() => Spec.read('package.json')).toThrow(/not an OpenAPI document/);
});
