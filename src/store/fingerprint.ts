import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENGINE = fileURLToPath(new URL('../engine', import.meta.url));

/**
 * Names the code that folds states: any change to the engine makes another. Kept states of another
 * code are not read, which costs a fold and can never be wrong.
 */
export function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(ENGINE, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.ts')) hash.update(readFileSync(join(ENGINE, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
