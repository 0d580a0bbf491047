import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../src/app/ports/store.ts';
import { offlineModel } from '../../src/llm/offlineModel.ts';
import { run } from '../../src/main.ts';
import { loadConfig } from '../../src/ops/loadConfig.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';
import { ANN } from '../support/story.ts';
import { buttonsOf } from '../support/tavern.ts';
import { onDisk } from './database.ts';
import { median, type Part, under } from './figure.ts';
import { chatsOf, longStory } from './story.ts';

const TURNS = 100_000;
const TIMES = 7;

/** A press of Regenerate or an arrow, from the finger to the answer and the state in the log. */
export const swipes: Part = {
  name: 'swipes',
  run: async () => {
    const { store, close } = onDisk();
    const chat = await longStory(store, TURNS);
    const sandbox = await startSandbox({ rateLimits: 'off' });
    const channel = sandbox.channel('tavern');
    await chatsOf(store).execute({
      chat,
      id: 'bind',
      actor: ANN,
      decide: () => [{ type: 'ChatBound', payload: { channel, guild: sandbox.guild } }],
    });
    const quiet = () => {};
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const config = loadConfig({
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.api,
      NARRATIVE_MODEL: 'offline',
    });
    const bot = await run({
      config,
      store,
      ledger: erasureLedger(':memory:'),
      model: offlineModel(),
      shipped: [],
      log,
    });
    const [person = ''] = Object.keys(sandbox.people);
    const ann = sandbox.as(person);
    const newest = () => sandbox.allMessages(channel).at(-1);
    const press = async (label: string) => {
      const message = await until(() => {
        const last = newest();
        return last && settled(store) && buttonsOf(last)[label] !== undefined ? last : null;
      });
      const before = store.chat(chat)?.version;
      const start = performance.now();
      await ann.click(message, buttonsOf(message)[label] ?? '');
      await until(() => (store.chat(chat)?.version === before ? null : true));
      return performance.now() - start;
    };
    await ann.say(channel, 'And now?');
    const took: Record<string, number[]> = { Regenerate: [], '◀': [] };
    for (let at = 0; at < TIMES; at += 1) {
      for (const label of Object.keys(took)) took[label]?.push(await press(label));
    }
    await until(() => settled(store) || null);
    await bot.close();
    await sandbox.close();
    close();
    return Object.entries(took).map(([label, times]) =>
      under(`${label} in a chat of ${TURNS} turns, pressed to switched`, median(times), 100),
    );
  },
};

const settled = (store: Store): boolean =>
  store.jobs().every(({ kind }) => kind === 'digest' || kind === 'summary');

async function until<T>(look: () => T | null): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== null) return found;
    await sleep(1);
  }
}
