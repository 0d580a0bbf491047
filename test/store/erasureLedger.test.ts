import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Erasure } from '../../src/app/ports/erasures.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';

const erasure = (id: string): Erasure => ({
  id,
  person: 'user:100000000000000002',
  home: '100000000000000001',
  works: false,
  at: '2026-11-21T10:00:00.000Z',
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'troupe-ledger-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return join(path, 'troupe.db');
}

test('what is added is there for whoever opens it next, in the order in which it came', () => {
  const database = folder();
  expect(erasureLedger(database).all()).toEqual([]);
  erasureLedger(database).add(erasure('a'));
  erasureLedger(database).add({ ...erasure('b'), home: null, works: true });
  expect(erasureLedger(database).all()).toEqual([
    erasure('a'),
    { ...erasure('b'), home: null, works: true },
  ]);
  const lines = readFileSync(`${database}-erasures`, 'utf8').split('\n');
  expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(['id', 'person', 'home', 'works', 'at']);
});

test('a line that was cut off in writing counts for nothing, and harms nothing that comes after it', () => {
  const database = folder();
  erasureLedger(database).add(erasure('a'));
  appendFileSync(`${database}-erasures`, '{"id":"b","pers');
  expect(erasureLedger(database).all()).toEqual([erasure('a')]);
  erasureLedger(database).add(erasure('c'));
  expect(erasureLedger(database).all()).toEqual([erasure('a'), erasure('c')]);
});

test('a line that somebody damaged stops the start: to pass over it would bring words back', () => {
  const database = folder();
  appendFileSync(`${database}-erasures`, 'nonsense\n');
  erasureLedger(database).add(erasure('a'));
  expect(() => erasureLedger(database).all()).toThrow(/Line 1 of .*-erasures cannot be read/);
});
