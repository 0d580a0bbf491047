import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord.js';
import type { Clock } from '../../src/app/ports/clock.ts';
import type { Model } from '../../src/app/ports/model.ts';
import { type Running, run } from '../../src/main.ts';
import { loadConfig } from '../../src/ops/loadConfig.ts';
import { loadShippedCharacters } from '../../src/ops/loadShippedCharacters.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';
import { owedIn } from '../support/agreement.ts';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, pressBegin } from '../support/tavern.ts';
import { onDisk } from './database.ts';
import { type Figure, type Part, under } from './figure.ts';

/** An exchange is two messages. */
const EXCHANGES = 250;
/** Bulk deletions take no message that is older than 14 days. */
const OLD = 15 * 24 * 60 * 60_000;

/** Says little, at once, and finds nothing to remember. */
const terse: Model = {
  async *stream({ format }) {
    yield { kind: 'text', text: format === undefined ? 'And so it went.' : '{}' };
    yield { kind: 'end', finish: 'stop', model: 'terse', usage: null };
  },
};

/** A rewind of 500 messages, from the question to the last message gone, with Discord's own limits. */
export const rewind: Part = {
  name: 'rewind',
  run: async () => [...(await rewound('young', 0)), ...(await rewound('over 14 days old', OLD))],
};

async function rewound(age: string, older: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-rewind-'));
  const { store, close } = onDisk();
  const clock: Clock = {
    now: () => Date.now() + older,
    sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }),
  };
  const open = async (rateLimits: 'off' | 'discord', at: Clock | undefined) => {
    const sandbox = await startSandbox({ file: join(folder, 'sandbox.db'), rateLimits });
    if (at !== undefined) sandbox.faults.moveClock(older);
    const quiet = () => {};
    const bot = await run({
      config: loadConfig({
        DISCORD_TOKEN: sandbox.token,
        DISCORD_API_URL: sandbox.api,
        NARRATIVE_MODEL: 'offline',
      }),
      store,
      ledger: erasureLedger(':memory:'),
      model: terse,
      shipped: loadShippedCharacters(),
      log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
      ...(at !== undefined && { clock: at }),
    });
    return { sandbox, bot };
  };
  const settled = () => until(() => owedIn(store).length === 0 || null);

  const before = await open('off', undefined);
  const channel = before.sandbox.channel('tavern');
  await play(before.sandbox, channel, () => settled());
  await end(before);

  const { sandbox, bot } = await open('discord', clock);
  const ann = sandbox.as(Object.keys(sandbox.people)[0] ?? '');
  const chat = store.chatIn(channel) ?? '';
  const head = () => store.chat(chat)?.head;
  const show = (fits: (message: APIMessage) => boolean) =>
    until(() => ann.messages(channel, { limit: 20 }).findLast(fits) ?? null);
  const figures: Figure[] = [];
  const measure = async (name: string, most: number, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    figures.push(under(`${name}, 500 messages ${age}`, performance.now() - start, most));
  };
  const was = head();
  let card: APIMessage | undefined;
  await measure('preview of a rewind', 1_000, async () => {
    await ann.command(channel, 'rewind', { to: String(EXCHANGES * 2) });
    card = await show((message) => 'Rewind' in buttonsOf(message));
  });
  const press = (message: APIMessage | undefined, label: string) =>
    ann.click(message as APIMessage, buttonsOf(message as APIMessage)[label] ?? '');
  await measure('confirmed to the state', 100, async () => {
    await press(card, 'Rewind');
    await until(() => head() !== was || null);
  });
  const rewoundTo = head();
  await settled();
  await measure('Undo to the state', 100, async () => {
    await press(await show((message) => 'Undo' in buttonsOf(message)), 'Undo');
    await until(() => head() === was || null);
  });
  await settled();
  await ann.command(channel, 'rewind', { to: String(EXCHANGES * 2) });
  await press(await show((message) => 'Rewind' in buttonsOf(message)), 'Rewind');
  await until(() => head() === rewoundTo || null);
  await settled();
  const since = sandbox.requests.length;
  await measure(
    'the next turn to the last message gone',
    older === 0 ? 10_000 : 60_000,
    async () => {
      await ann.say(channel, 'Instead.');
      await sleep(50);
      await settled();
    },
  );
  const requests = sandbox.requests.slice(since);
  const limited = sandbox.requests.filter(({ status }) => status === 429).length;
  const taken = requests.filter(({ method, path }) =>
    method === 'DELETE' ? /messages/.test(path) : path.endsWith('/bulk-delete'),
  ).length;
  const left = sandbox.allMessages(channel).length;
  const counted = (figure: string, value: number, most: number): Figure => ({
    figure: `${figure}, 500 messages ${age}`,
    value,
    unit: '',
    reference: null,
    ratio: null,
    goal: `at most ${most}`,
    ok: value <= most,
  });
  figures.push(
    counted('429s', limited, 0),
    counted('requests that take messages away', taken, older === 0 ? 8 : 510),
    // The opening, its first words, who went back and forth, and the newest exchange.
    counted('messages left', left, 8),
  );
  await end({ sandbox, bot });
  close();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function play(sandbox: Sandbox, channel: string, settled: () => Promise<unknown>) {
  const ann = sandbox.as(Object.keys(sandbox.people)[0] ?? '');
  await ann.command(channel, 'start', WENNA);
  await pressBegin(ann, channel);
  await ann.waitFor(channel, ({ author }) => author.username.startsWith('Wenna'));
  await settled();
  const replies = () =>
    sandbox.allMessages(channel).filter(({ content }) => content.startsWith('And so')).length;
  for (let at = 1; at <= EXCHANGES; at += 1) {
    await ann.say(channel, `And on day ${at}?`);
    await until(() => replies() === at || null);
    await settled();
  }
}

async function end({ sandbox, bot }: { sandbox: Sandbox; bot: Running }): Promise<void> {
  await bot.close();
  await sandbox.close();
}

async function until<T>(look: () => T | null): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== null) return found;
    await sleep(1);
  }
}
