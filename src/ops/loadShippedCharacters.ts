import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { ShippedCharacter } from '../app/homes.ts';
import { entityId } from '../engine/ids.ts';
import { sheet } from '../engine/sheet.ts';
import { ConfigError } from './loadConfig.ts';

const FOLDER = fileURLToPath(new URL('../../config/characters', import.meta.url));

/**
 * The characters that come with Troupe: `<id>.yaml` with a picture `<id>.png` beside it.
 * @throws {ConfigError} naming every file that is not a character.
 */
export function loadShippedCharacters(folder: string = FOLDER): ShippedCharacter[] {
  const problems: string[] = [];
  const characters = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      try {
        return [load(folder, basename(file, '.yaml'))];
      } catch (error) {
        const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        problems.push(`${join(folder, file)}: ${why.replace(/\s*\n\s*/g, '; ')}`);
        return [];
      }
    });
  if (problems.length > 0) throw new ConfigError(problems);
  return characters;
}

function load(folder: string, id: string): ShippedCharacter {
  const picture = join(folder, `${id}.png`);
  const bytes = existsSync(picture) ? readFileSync(picture) : null;
  const hash = bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
  const written: unknown = parseYaml(readFileSync(join(folder, `${id}.yaml`), 'utf8'));
  return {
    id: entityId.parse(`character:${id}`),
    sheet: sheet.parse({ ...z.record(z.string(), z.unknown()).parse(written), avatar: hash }),
    avatar: bytes === null || hash === null ? null : { hash, type: 'image/png', bytes },
  };
}
