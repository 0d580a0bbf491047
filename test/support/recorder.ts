import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observer } from '../../src/sandbox/index.ts';

/** Names the folder that `npm run conformance` wants everything written to. */
export const RECORD_TO = 'TROUPE_RECORD_EXCHANGES';

/**
 * Writes what passes between the bot and the sandbox as JSON lines, a file per process, where the
 * environment asks for it. Of the events only interactions: they tell what was exercised.
 */
export function recorder(folder = process.env[RECORD_TO]): { observe?: Observer } {
  if (folder === undefined) return {};
  const file = join(folder, `${process.pid}.jsonl`);
  return {
    observe: (seen) => {
      if (seen.kind === 'event' && seen.name !== 'INTERACTION_CREATE') return;
      // At once: a test process may be ended before any buffer is.
      appendFileSync(file, `${JSON.stringify(seen)}\n`);
    },
  };
}
