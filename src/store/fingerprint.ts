import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

function hashOf(folders: readonly string[], files: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const all = readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const file of all) {
      if (file.endsWith('.ts')) hash.update(readFileSync(join(SOURCE, folder, file)));
    }
  }
  for (const file of files) hash.update(readFileSync(join(SOURCE, file)));
  return hash.digest('hex');
}

/**
 * Names the code that folds states: any change to the engine makes another. Kept states of another
 * code are not read, which costs a fold and can never be wrong.
 */
export const fingerprint = (): string => hashOf(['engine']).slice(0, 16);

/** Names the code that writes read models, in the 31 bits that SQLite keeps of a user's version; never 0. */
export const projectorFingerprint = (): number =>
  Number.parseInt(hashOf(['engine', 'store'], ['app/project.ts']).slice(0, 8), 16) >>> 1 || 1;
