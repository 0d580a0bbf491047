import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Erasure, ErasureLedger } from '../app/ports/erasures.ts';
import { entityId, homeId } from '../engine/ids.ts';
import { DatabaseError } from './openDatabase.ts';

const line = z.strictObject({
  id: z.string().min(1),
  person: entityId,
  home: homeId.nullable(),
  works: z.boolean(),
  at: z.iso.datetime(),
});

/**
 * The ledger of erasures: a file beside the database with one erasure to a line, only ever added to.
 * @param database its path; `:memory:` keeps the ledger in memory, too.
 */
export function erasureLedger(database: string): ErasureLedger {
  if (database === ':memory:') {
    const kept: Erasure[] = [];
    return { all: () => [...kept], add: (erasure) => void kept.push(erasure) };
  }
  const path = `${database}-erasures`;
  return {
    all: () => (existsSync(path) ? read(path) : []),
    add: (erasure) => append(path, erasure),
  };
}

/** @throws {DatabaseError} for a line that cannot be read: to pass over it would bring back what was erased. */
function read(path: string): Erasure[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  // Without its end it was cut off in writing, and never begun.
  lines.pop();
  return lines.flatMap((text, index) => {
    if (text === '') return [];
    try {
      return [line.parse(JSON.parse(text))];
    } catch (cause) {
      // What was cut off in writing is followed by an empty line.
      if (lines[index + 1] === '') return [];
      throw new DatabaseError(
        `Line ${index + 1} of ${path} cannot be read. It says who had their words erased: put the file back as it was.`,
        { cause },
      );
    }
  });
}

function append(path: string, erasure: Erasure): void {
  const isNew = !existsSync(path);
  const before = isNew ? '' : readFileSync(path, 'utf8');
  // After a line that was cut off an empty one follows.
  const end = before === '' || before.endsWith('\n') ? '' : '\n\n';
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${end}${JSON.stringify(line.parse(erasure))}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

/** A new file is there after a power loss only once its folder is on the disk. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
