import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { open } from './support.ts';

const MAIN = join(import.meta.dirname, '../../src/sandbox/main.ts');

/** Runs the sandbox's command until it ends; `onOutput` sees what it printed so far. */
function run(
  args: string[],
  onOutput?: (text: string, stop: (signal: NodeJS.Signals) => void) => void,
) {
  const child = spawn(process.execPath, [MAIN, 'sandbox', ...args]);
  let out = '';
  let error = '';
  child.stdout.on('data', (text) => {
    out += text;
    onOutput?.(out, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (text) => {
    error += text;
  });
  return new Promise<{ code: number | null; out: string; error: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, error })),
  );
}

test.concurrent.each([
  [['--bogus'], "Unknown option '--bogus'"],
  [['--port'], "Option '--port <value>' argument missing"],
  [['--port', 'abc'], '--port must be a number'],
  [['--port', '70000'], '--port must be a number'],
  [['extra'], "Unexpected argument 'extra'"],
  [['--file', '/no/such/folder/sandbox.db'], 'Cannot use /no/such/folder/sandbox.db'],
])('%j ends with one line and a failure', async (args, line) => {
  const { code, out, error } = await run(args);
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(error).toContain(line);
  expect(error.trim().split('\n')).toHaveLength(1);
});

test('a port in use ends with one line and a failure', async () => {
  const sandbox = await open();
  const { port } = new URL(sandbox.url);
  const { code, error } = await run(['--port', port]);
  expect(code).toBe(1);
  expect(error).toBe(`Port ${port} is in use: choose another with --port.\n`);
});

test('a file that another sandbox uses ends with one line and a failure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'sandbox.db');
  await open({ file });
  const { code, error } = await run(['--port', '0', '--file', file]);
  expect(code).toBe(1);
  expect(error).toBe(`Another sandbox uses ${file}: stop it first, or choose another --file.\n`);
});

test.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
  'it prints where it is, and %s ends it well',
  async (signal) => {
    const { code, out, error } = await run(['--port', '0'], (text, stop) => {
      if (text.includes('DISCORD_API_URL')) stop(signal);
    });
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^The sandbox is at http:\/\/127\.0\.0\.1:\d+\nDISCORD_TOKEN=\S+\nDISCORD_API_URL=http:\/\/127\.0\.0\.1:\d+\/api\n$/,
    );
  },
);
