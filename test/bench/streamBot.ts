/**
 * The bot of the stream figures, a process of its own: what it measures of itself holds nothing of the
 * local Discord. Told by its parent what to do, over IPC.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../src/app/ports/log.ts';
import type { Model } from '../../src/app/ports/model.ts';
import { offlineModel } from '../../src/llm/offlineModel.ts';
import { run } from '../../src/main.ts';
import { loadConfig } from '../../src/ops/loadConfig.ts';
import { loadShippedCharacters } from '../../src/ops/loadShippedCharacters.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';

export type Told =
  | { readonly kind: 'begin'; readonly guild: string; readonly channels: readonly string[] }
  /** How long replies stream from now on, in milliseconds. */
  | { readonly kind: 'talk'; readonly lasts: number }
  | { readonly kind: 'measure' }
  | { readonly kind: 'report' };

export type Tells =
  | { readonly kind: 'ready' | 'begun' }
  /** When the model said its first words, in milliseconds since 1970. */
  | { readonly kind: 'words'; readonly at: number }
  /** Milliseconds of loop delay, bytes of memory, and how many replies are streaming. */
  | {
      readonly kind: 'report';
      readonly delay: number;
      readonly memory: number;
      readonly problems: number;
    };

const WORD_EVERY = 60;
let lasts = 1_000;
let problems = 0;

const tell = (message: Tells) => process.send?.(message);

/** Classifies by rules, as the offline model does. */
const classifier = offlineModel();

const steady: Model = {
  async *stream(request, signal) {
    if (request.format !== undefined) return yield* classifier.stream(request, signal);
    const ended = { kind: 'end', finish: 'stop', model: 'steady', usage: null } as const;
    await sleep(150, undefined, { signal });
    tell({ kind: 'words', at: Date.now() });
    const end = Date.now() + lasts;
    for (let count = 0; Date.now() < end; count += 1) {
      // Short sentences: a message that fills up ends with one, and waits for its end.
      yield { kind: 'text', text: `Word${count}. ` };
      await sleep(WORD_EVERY, undefined, { signal });
    }
    yield ended;
  },
};

const log: Log = {
  debug: () => {},
  info: () => {},
  warn: (fields, message) => {
    problems += 1;
    console.error('warn', message, JSON.stringify(fields));
  },
  error: (fields, message) => {
    problems += 1;
    console.error('error', message, fields);
  },
};

const running = await run({
  config: loadConfig(process.env),
  store: sqliteStore(openDatabase(process.env.TROUPE_DB_PATH ?? ':memory:')),
  ledger: erasureLedger(':memory:'),
  model: steady,
  shipped: loadShippedCharacters(),
  log,
});
const delay = monitorEventLoopDelay({ resolution: 5 });

process.on('message', async (told: Told) => {
  switch (told.kind) {
    case 'begin':
      for (const channel of told.channels) {
        const by = {
          person: 'user:100000000000000000',
          managesChannels: true,
          managesServer: true,
          roles: [],
        };
        const { id } = await running.troupe.openings.propose({
          command: channel,
          home: told.guild,
          guild: told.guild,
          channel,
          room: null,
          by,
          name: 'Ann',
          characters: ['character:wenna-tarrant'],
          unsaid: { place: 'Somewhere', time: 'Now' },
        });
        await running.troupe.beginning.begin(id, by);
      }
      tell({ kind: 'begun' });
      return;
    case 'talk':
      lasts = told.lasts;
      return;
    case 'measure':
      delay.enable();
      delay.reset();
      return;
    case 'report':
      tell({
        kind: 'report',
        delay: delay.percentile(99) / 1e6 - 5,
        memory: process.memoryUsage().rss,
        problems,
      });
  }
});
tell({ kind: 'ready' });
