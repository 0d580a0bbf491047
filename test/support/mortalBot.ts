/**
 * Troupe as `npm start` starts it, once a line comes in; with each number that comes in after that, it ends
 * itself by SIGKILL after so many more steps: what it writes down, and what Discord answers it.
 */
import { channel } from 'node:diagnostics_channel';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { main } from '../../src/main.ts';

// Killed, it could not leave to the next what it compiled.
flushCompileCache();

let left = Number.POSITIVE_INFINITY;
function step(what: string): void {
  left -= 1;
  if (left > 0) return;
  process.stdout.write(`dies after ${what}\n`);
  process.kill(process.pid, 'SIGKILL');
}

const scratch = new Database(':memory:');
const statements = Object.getPrototypeOf(scratch.prepare('SELECT 1')) as Database.Statement;
const { run } = statements;
statements.run = function (this: Database.Statement, ...given: unknown[]) {
  const done = run.apply(this, given);
  // Of a transaction, its commit.
  if (!this.database.inTransaction) step(this.source);
  return done;
};
const discord = new URL(process.env.DISCORD_API_URL ?? '').origin;
channel('undici:request:headers').subscribe((message) => {
  const { request } = message as { request: { origin: string; method: string; path: string } };
  if (request.origin === discord) step(`${request.method} ${request.path}`);
});

const lines = createInterface({ input: process.stdin });
lines.once('line', () => {
  lines.on('line', (line) => {
    left = Number(line);
  });
  void main();
});
