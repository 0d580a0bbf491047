import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { databaseSize } from './databaseSize.ts';
import { type Finding, well, wrong } from './finding.ts';

const MB = 1_000_000;
/** Less is soon used up by stories, their log and a backup. */
const LEAST = 500 * MB;

/** Whether a folder, or the one that it will be made in, can be written to and has room. */
export function examineDisk(what: string, folder: string, database: string): Finding {
  const where = nearest(resolve(folder));
  try {
    accessSync(where, constants.W_OK | constants.X_OK);
  } catch {
    return wrong(`${what}: ${where} cannot be written to. Give this user the right to.`);
  }
  const { bavail, bsize } = statfsSync(where);
  const free = bavail * bsize;
  // A copy, and what is written while it is made.
  const needed = Math.max(LEAST, 2 * databaseSize(database));
  const room = `${Math.floor(free / MB).toLocaleString('en')} MB free in ${where}`;
  return free < needed
    ? wrong(
        `${what}: ${room}, and ${Math.ceil(needed / MB).toLocaleString('en')} are needed. Make room there.`,
      )
    : well(`${what}: ${room}`);
}

/** A folder that is there: itself, or the nearest above it. */
function nearest(folder: string): string {
  const above = dirname(folder);
  return existsSync(folder) || above === folder ? folder : nearest(above);
}
