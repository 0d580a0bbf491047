/** The stream figures of `npm run bench`: in real time, against the strict local Discord. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { DISCORD_PLAN, drawnPlan, type RateLimitPlan } from '../../src/sandbox/rateLimits.ts';
import { seeded } from '../support/seeded.ts';
import type { Figure, Part } from './figure.ts';
import type { Tells, Told } from './streamBot.ts';

const MINUTE = 60_000;
/** Milliseconds that every request takes, there and back. */
const TRIP = 60;
const CHANNELS = 1_000;
const STREAMING = 45;
const BUSY_FOR = 30_000;

/** Takes about three minutes: streams are measured in real time. */
export const streams: Part = {
  name: 'streams',
  run: async () => [...(await firstWords()), ...(await minutes()), ...(await many())],
};

interface House {
  readonly sandbox: Sandbox;
  readonly child: ChildProcess;
  readonly heard: Tells[];
  tell(message: Told): void;
  hear<K extends Tells['kind']>(kind: K): Promise<Extract<Tells, { kind: K }>>;
  /** Binds channels to stories that have not spoken yet. */
  begin(channels: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

async function openHouse(plan: Partial<RateLimitPlan> | 'discord'): Promise<House> {
  const sandbox = await startSandbox({ rateLimits: plan });
  const child = fork(fileURLToPath(new URL('./streamBot.ts', import.meta.url)), {
    // As `npm start` has it: young objects in less room, or the heap grows by 100 MB of what is long gone.
    execArgv: ['--max-semi-space-size=8'],
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.api,
      NARRATIVE_MODEL: 'offline',
      TROUPE_DB_PATH: ':memory:',
    },
  });
  const heard: Tells[] = [];
  child.on('message', (message: Tells) => heard.push(message));
  const hear: House['hear'] = async (kind) => {
    for (;;) {
      const [message] = (await once(child, 'message')) as [Tells];
      if (message.kind === kind) return message as never;
    }
  };
  await hear('ready');
  return {
    sandbox,
    child,
    heard,
    hear,
    tell: (message) => void child.send(message),
    async begin(channels) {
      const begun = hear('begun');
      child.send({ kind: 'begin', guild: sandbox.guild, channels } satisfies Told);
      await begun;
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await sandbox.close();
    },
  };
}

const personIn = (sandbox: Sandbox) => sandbox.as(Object.keys(sandbox.people)[0] ?? '');

/** From the model's first words to the first visible ones, against the round trip of the same run. */
async function firstWords(): Promise<Figure[]> {
  const house = await openHouse('discord');
  const { sandbox } = house;
  const ann = personIn(sandbox);
  const channel = sandbox.channel('tavern');
  try {
    await house.begin([channel]);
    await ann.say(channel, 'Hello.');
    // The first reply finds its webhook and uploads its picture.
    await ann.waitFor(channel, ({ content }) => content.startsWith('Word0'));
    await sleep(3_000);
    sandbox.faults.latency({}, TRIP);
    const waits: number[] = [];
    for (let at = 0; at < 10; at += 1) {
      const words = house.hear('words');
      const seen = ann.messages(channel).length;
      const said = Date.now();
      await ann.say(channel, `Line ${at}.`);
      const { at: spoken } = await words;
      await ann.until(() =>
        ann
          .messages(channel)
          .slice(seen + 1 - 50)
          .some(({ content, timestamp }) => {
            return content.startsWith('Word0') && Date.parse(timestamp) >= said;
          })
          ? true
          : undefined,
      );
      // What others see at this moment, the bot is told one way back later.
      waits.push(Date.now() - spoken + TRIP);
      await sleep(2_500);
    }
    const worst = Math.max(...waits);
    return [figure('first visible text after the first words', worst, 'ms', TRIP + 50, '<=')];
  } finally {
    await house.close();
  }
}

/** A minute of streams with limits as seen of Discord and as drawn: one alone, two that share. */
async function minutes(): Promise<Figure[]> {
  const plans = [
    ['discord', DISCORD_PLAN],
    ['drawn', drawnPlan(seeded(11))],
  ] as const;
  return (await Promise.all(plans.map(([name, plan]) => minute(name, plan)))).flat();
}

async function minute(name: string, plan: RateLimitPlan): Promise<Figure[]> {
  const house = await openHouse(plan);
  const { sandbox } = house;
  const ann = personIn(sandbox);
  try {
    const alone = sandbox.channel('tavern');
    const shared = await Promise.all(
      ['Attic', 'Cellar'].map(async (thread) => {
        return (await ann.createThread(sandbox.channel('lighthouse'), thread)).id;
      }),
    );
    await house.begin([alone, ...shared]);
    house.tell({ kind: 'talk', lasts: MINUTE });
    for (const channel of [alone, ...shared]) await ann.say(channel, 'Talk to me.');
    await sleep(MINUTE + 8_000);
    const { limit, windowMs } = plan.webhookEdit;
    const even = windowMs / limit;
    const one = changesIn(sandbox, alone);
    const two = shared.map((channel) => changesIn(sandbox, channel));
    const limits = sandbox.requests.filter(({ status }) => status === 429).length;
    const counts = two.map(({ edits }) => edits.length);
    return [
      figure(
        `a 60 s stream (${name} limits): edits shown`,
        one.edits.length,
        '',
        (limit * MINUTE) / windowMs,
        '>=',
        0.95,
      ),
      figure(
        `a 60 s stream (${name} limits): longest gap`,
        longestGap(one.all),
        'ms',
        even,
        '<=',
        1.3,
      ),
      figure(
        `two 60 s streams (${name} limits): edits apart`,
        Math.abs((counts[0] ?? 0) - (counts[1] ?? 0)),
        '',
        4,
        '<=',
      ),
      figure(
        `two 60 s streams (${name} limits): longest gap`,
        Math.max(...two.map(({ all }) => longestGap(all))),
        'ms',
        2 * even,
        '<=',
        1.3,
      ),
      figure(`60 s streams (${name} limits): 429s`, limits, '', 0, '<='),
    ];
  } finally {
    await house.close();
  }
}

/** 45 replies streaming at any time in 1,000 channels, for half a minute. */
async function many(): Promise<Figure[]> {
  const house = await openHouse('discord');
  const { sandbox } = house;
  const ann = personIn(sandbox);
  try {
    const channels = Array.from({ length: CHANNELS }, (_, at) =>
      sandbox.controls.createChannel(sandbox.guild, { name: `room-${at}` }),
    );
    await house.begin(channels);
    house.tell({ kind: 'talk', lasts: BUSY_FOR + 20_000 });
    const busy = channels.slice(0, STREAMING);
    for (const channel of busy) await ann.say(channel, 'Talk to me.');
    await sleep(12_000);
    house.tell({ kind: 'measure' });
    const since = Date.now();
    await sleep(BUSY_FOR);
    const until = Date.now();
    const report = house.hear('report');
    house.tell({ kind: 'report' });
    const { delay, memory } = await report;
    const counts = busy.map((channel) => {
      return changesIn(sandbox, channel).edits.filter((at) => at >= since && at < until).length;
    });
    const limits = sandbox.requests.filter(({ status }) => status === 429).length;
    return [
      figure('45 streams in 1,000 channels: loop delay p99', delay, 'ms', 50, '<='),
      figure('45 streams in 1,000 channels: memory', memory / 2 ** 20, 'MB', 400, '<='),
      figure(
        '45 streams in 1,000 channels: fewest edits of one, to the most',
        Math.min(...counts),
        '',
        Math.max(...counts),
        '>=',
        0.8,
      ),
      figure('45 streams in 1,000 channels: 429s', limits, '', 0, '<='),
    ];
  } finally {
    await house.close();
  }
}

/** When a channel's replies were changed: by edits, and by edits and further messages. */
function changesIn(sandbox: Sandbox, channel: string) {
  const spoken = sandbox.allMessages(channel).filter(({ content }) => content.startsWith('Word'));
  const own = new Set(spoken.map(({ id }) => id));
  const edits = sandbox.requests
    .filter(({ method, path }) => method === 'PATCH' && own.has(path.split('/').at(-1) ?? ''))
    .map(({ at }) => at);
  const sends = spoken.map(({ timestamp }) => Date.parse(timestamp));
  return { edits, all: [...sends, ...edits].sort((a, b) => a - b) };
}

const longestGap = (moments: readonly number[]) =>
  Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? 0)));

function figure(
  name: string,
  value: number,
  unit: string,
  reference: number,
  sense: '<=' | '>=',
  factor = 1,
): Figure {
  const bound = factor * reference;
  const ok = sense === '<=' ? value <= bound : value >= bound;
  if (reference === 0)
    return { figure: name, value, unit, reference, ratio: null, goal: 'none', ok };
  const goal = `${sense === '<=' ? 'at most' : 'at least'} ${factor} of it`;
  return { figure: name, value, unit, reference, ratio: value / reference, goal, ok };
}
