import { setTimeout as sleep } from 'node:timers/promises';
import { owedIn } from '../agreement.ts';
import { seeded } from '../seeded.ts';
import { checkChannel } from './checkChannel.ts';
import { checkPrompts } from './checkPrompts.ts';
import { checkViews } from './checkViews.ts';
import { readRecord } from './storyRecord.ts';
import { Wanderers } from './wanderers.ts';
import { openWanderHouse, type WanderHouse } from './wanderHouse.ts';

export interface Wandered {
  readonly problems: readonly string[];
  /** What was done up to there, in order. */
  readonly done: readonly string[];
  readonly figures: { readonly turns: number; readonly prompts: number; readonly requests: number };
}

/** Milliseconds in which everything must come to rest. */
const PATIENCE = 20_000;

/**
 * People do random things for so many steps while all sorts of things go wrong, and then again; each time
 * all has come to rest, every channel, every prompt and everything shown is held to the logs.
 * @param between steps from one look to the next.
 */
export async function wander(seed: number, steps: number, between: number): Promise<Wandered> {
  const random = seeded(seed);
  const house = await openWanderHouse(random);
  const people = new Wanderers(house, random);
  const problems: string[] = [];
  try {
    for (const place of house.places) await people.begin(place);
    for (let step = 0; step < steps && problems.length === 0; step += between) {
      const pending: Promise<void>[] = [];
      for (let at = 0; at < Math.min(between, steps - step); at += 1) {
        const act = people.act();
        pending.push(act);
        await Promise.race([act, sleep(random() * 30)]);
      }
      await Promise.all(pending);
      house.sandbox.faults.clear();
      problems.push(...(await rest(house)), ...look(house, people));
      people.deaf = false;
      if (problems.length === 0 && random() < 0.3) {
        people.done.push('-- a restart');
        await house.restart();
      }
    }
    const record = readRecord(house);
    return {
      problems,
      done: people.done,
      figures: {
        turns: record.turns.size,
        prompts: house.models.requests.length + house.models.classifications.length,
        requests: house.sandbox.requests.length,
      },
    };
  } finally {
    await house.close();
  }
}

function look(house: WanderHouse, people: Wanderers): string[] {
  const record = readRecord(house);
  const channels = new Set(house.places.map(({ channel }) => channel));
  for (const { guild, channels: seen } of house.people[0]?.view().guilds ?? []) {
    for (const { id } of seen) {
      // Where a story went by itself, people go, too.
      if (channels.has(id) || house.store.chatIn(id) === null) continue;
      house.places.push({ channel: id, guild: guild.id });
    }
  }
  const torn = house.places.flatMap((place) => {
    const found = checkChannel(house, record, place, people.purged);
    if (found.length > 0) people.done.push(...told(house, place.channel));
    return found;
  });
  return [
    ...torn,
    ...checkPrompts(house, record),
    ...checkViews(house, record),
    ...people.failures.map((failure) => `not answered: ${failure}`),
    ...house.errors.map((error) => `logged: ${error}`),
    ...house.sandbox.violations.map((each) => `Discord objected: ${JSON.stringify(each)}`),
  ];
}

/** A channel and the log of its story, for whoever looks for where they part. */
function told({ sandbox, store }: WanderHouse, channel: string): string[] {
  const messages = sandbox
    .allMessages(channel)
    .map(({ id, nonce, author, content }) =>
      [' ', id, nonce, `${author.username}:`, content.slice(0, 160)].join(' '),
    );
  const events = store
    .load(`chat:${store.chatIn(channel) ?? ''}`)
    .map(({ version, type, node, actor, command, payload }) =>
      [' ', version, type, node, actor, command, JSON.stringify(payload).slice(0, 160)].join(' '),
    );
  return [`== ${channel}`, ...messages, ...events];
}

/** Resolves when nothing is owed and nothing moves any more; with what still does, if it never ends. */
async function rest({ store, sandbox, models }: WanderHouse): Promise<string[]> {
  const until = performance.now() + PATIENCE;
  let before = '';
  for (let still = 0; still < 4; ) {
    if (performance.now() > until) return [`never rests: ${JSON.stringify(store.jobs())}`];
    await sleep(25);
    const { requests, classifications } = models;
    const now = `${sandbox.requests.length} ${requests.length} ${classifications.length}`;
    still = sandbox.online && now === before && owedIn(store).length === 0 ? still + 1 : 0;
    before = now;
  }
  return [];
}
