import { expect, test } from 'vitest';
import { Generator } from './generate.ts';
import { Random } from './random.ts';
import { spoil } from './spoil.ts';
import { roomSchema, tinySpec } from './tinySpec.ts';
import { Validator } from './validator.ts';

const validator = new Validator(tinySpec);
const RUNS = 500;

const bodies = (seed: number) => {
  const random = new Random(seed);
  return Array.from({ length: RUNS }, () => new Generator(tinySpec, random).value(roomSchema));
};

test('every generated body fits its schema, and all of the schema is met', () => {
  const made = bodies(1);
  for (const body of made) expect(validator.misfits(roomSchema, body)).toEqual([]);
  const text = JSON.stringify(made);
  for (const met of [
    '"owner":null',
    '"since":"',
    '"tune":null',
    '"colour":"green"',
    '"loudness":11',
  ])
    expect(text).toContain(met);
});

test('a seed gives the same bodies again, another seed others', () => {
  expect(bodies(7)).toEqual(bodies(7));
  expect(bodies(7)).not.toEqual(bodies(8));
});

test('hints stand in for what a schema cannot know', () => {
  const made = new Generator(tinySpec, new Random(3), { '/name': () => 'Cellar' }).value(
    roomSchema,
  );
  expect(made).toMatchObject({ name: 'Cellar' });
});

test('a spoiled body is wrong in exactly the field that is named, in every way there is', () => {
  const random = new Random(5);
  const faults = new Set<string>();
  for (const body of bodies(2)) {
    const before = JSON.stringify(body);
    const spoiled = spoil({ spec: tinySpec, validator, random }, roomSchema, body);
    if (!spoiled) throw new Error(`nothing could be spoiled of ${before}`);
    expect(JSON.stringify(body)).toBe(before);
    faults.add(spoiled.fault);
    const places = validator.misfits(roomSchema, spoiled.body).map(({ at }) => at);
    expect(places.length).toBeGreaterThan(0);
    // What is missing is told of where it is missing from; what is doubled, of the list.
    for (const place of places) {
      expect(spoiled.at === '/' || place === '/' || spoiled.at.startsWith(place)).toBe(true);
    }
  }
  expect([...faults].sort()).toEqual([
    'missing',
    'not a choice',
    'not of its format',
    'not whole',
    'null',
    'too big',
    'too few',
    'too long',
    'too many',
    'too short',
    'too small',
    'twice',
    'wrong type',
  ]);
});
