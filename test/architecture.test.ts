import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { components } from '../src/discord/components/index.ts';
import { listeners } from '../src/discord/listeners/index.ts';
import { modals } from '../src/discord/modals/index.ts';
import { kinds } from '../src/engine/events/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each layer may import: other layers of ours, and packages. Node's own modules are named `node:`. */
const rules: Record<string, { layers: string[]; packages: string[] }> = {
  'src/engine': { layers: [], packages: ['zod'] },
  'src/app': { layers: ['src/engine'], packages: ['lru-cache', 'zod'] },
  'src/store': {
    layers: ['src/app', 'src/engine'],
    packages: ['better-sqlite3', 'drizzle-orm', 'node:', 'zod'],
  },
  'src/llm': {
    layers: ['src/app', 'src/engine'],
    packages: ['openai', 'gpt-tokenizer', 'node:', 'zod'],
  },
  'src/discord': {
    layers: ['src/app', 'src/engine'],
    packages: ['discord.js', 'lru-cache', 'node:', 'zod'],
  },
  commands: { layers: ['src/discord', 'src/app', 'src/engine'], packages: ['discord.js', 'zod'] },
  'src/ops': {
    layers: ['src/app', 'src/engine'],
    packages: ['pino', 'pino-pretty', 'yaml', 'node:', 'zod'],
  },
  'src/cards': { layers: ['src/app', 'src/engine'], packages: ['fflate', 'node:', 'zod'] },
  'src/pictures': { layers: [], packages: ['@resvg/resvg-wasm', 'node:'] },
  'src/sandbox': {
    layers: [],
    packages: ['ws', 'discord-api-types', 'better-sqlite3', 'node:', 'zod'],
  },
};

interface Import {
  file: string;
  specifier: string;
}

function importsIn(folder: string): Import[] {
  return files(folder, /\.(ts|js)$/).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map((match) => ({
      file,
      specifier: match.groups?.specifier ?? match.groups?.bare ?? '',
    })),
  );
}

const IMPORT =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"](?<specifier>[^'"]+)['"]|(?:^\s*import\s*|\bimport\s*\(\s*)['"](?<bare>[^'"\n]+)['"]/gm;

const files = (folder: string, name: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** The reason why an import is not allowed; null when it is. */
function offence(layer: string, { file, specifier }: Import): string | null {
  const rule = rules[layer];
  if (rule === undefined) return `${layer} has no rule`;
  if (specifier.startsWith('.') || specifier.startsWith('/page/')) {
    const target = relative(root, resolve(root, dirname(file), specifier));
    const allowed = [layer, ...rule.layers];
    return allowed.some((each) => target.startsWith(`${each}/`)) || specifier.startsWith('/page/')
      ? null
      : `${file} imports ${target}`;
  }
  const allowed = rule.packages.some((each) =>
    each.endsWith(':')
      ? specifier.startsWith(each)
      : specifier === each || specifier.startsWith(`${each}/`),
  );
  return allowed ? null : `${file} imports ${specifier}`;
}

describe('layers', () => {
  for (const layer of Object.keys(rules)) {
    test(`${layer} imports only what it may`, () => {
      const imports = importsIn(layer);
      expect(imports.length).toBeGreaterThan(0);
      expect(imports.map((each) => offence(layer, each)).filter(Boolean)).toEqual([]);
    });
  }

  test('every folder with code has a rule, and only what puts the parts together stands outside', () => {
    const outside = files('src', /\.(ts|js)$/).filter(
      (file) => !Object.keys(rules).some((layer) => file.startsWith(`${layer}/`)),
    );
    expect(outside.sort()).toEqual([
      'src/backup.ts',
      'src/doctor.ts',
      'src/evalMemory.ts',
      'src/evalWitness.ts',
      'src/main.ts',
      'src/openOps.ts',
      'src/replay.ts',
      'src/reset.ts',
      'src/restore.ts',
      'src/runCommand.ts',
      'src/start.js',
    ]);
  });

  test('a forbidden import is found', () => {
    const forbidden = { file: 'src/engine/chat.ts', specifier: '../store/schema/log.ts' };
    expect(offence('src/engine', forbidden)).toBe(
      'src/engine/chat.ts imports src/store/schema/log.ts',
    );
    const sql = { file: 'src/discord/bot.ts', specifier: 'better-sqlite3' };
    expect(offence('src/discord', sql)).toBe('src/discord/bot.ts imports better-sqlite3');
  });
});

describe('lists', () => {
  // A file is listed when its list imports it; the lists are typed, so what is imported is used.
  const lists = [
    { folder: 'src/engine/events', listed: kinds.length },
    { folder: 'src/discord/components', listed: components.length },
    { folder: 'src/discord/modals', listed: modals.length },
    { folder: 'src/discord/listeners', listed: listeners.length },
    { folder: 'commands', listed: commands.length },
  ];
  for (const { folder, listed } of lists) {
    test(`every file of ${folder} is in its list`, () => {
      const index = readFileSync(join(root, folder, 'index.ts'), 'utf8');
      const names = files(folder, /\.ts$/)
        .map((file) => basename(file))
        .filter((file) => file !== 'index.ts');
      expect(names.filter((name) => !index.includes(`'./${name}'`))).toEqual([]);
      expect(listed).toBe(names.length);
    });
  }
});
