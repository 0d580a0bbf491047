import { type APIMessage, MessageFlags } from 'discord.js';
import { expect } from 'vitest';
import { ActError, type Actor, type ActResult, type Sandbox } from '../../src/sandbox/index.ts';
import { buttonsOf, inTavern } from './tavern.ts';

/** A channel with a story of Ann's in it, whose newest words are the character's. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly channel: string;
  readonly ann: Actor;
  /** Has neither a story nor any right beyond everyone's. */
  readonly bob: Actor;
  /** The newest words of the character, and of Ann before them. */
  reply(): Promise<APIMessage>;
  spoken(): Promise<APIMessage>;
  /** Both, said now: the story moves on. */
  exchange(): Promise<{ readonly spoken: APIMessage; readonly reply: APIMessage }>;
  /** The newest message that someone sees and that fits, as soon as there is one. */
  see(who: Actor, fits: (message: APIMessage) => boolean): Promise<APIMessage>;
}

type Do = (who: Actor) => Promise<ActResult>;

/** One slash command, menu entry, button, select or form. */
export interface Way {
  readonly name: string;
  /**
   * Ann does everything up to what is asked about, and gives that: `who.command(...)`, `who.click(...)`,
   * `who.submit(...)`. It is called anew for every way of asking.
   */
  ready(scene: Scene): Promise<Do>;
  /** Whether someone without rights is refused; left out where they cannot reach it, or may. */
  readonly refused?: true;
  /** Left out of direct messages, where Discord has no such thing. */
  readonly guildOnly?: true;
}

type Tavern = Awaited<ReturnType<typeof inTavern>>;

const PLACES = ['channel', 'thread', 'post', 'direct message'] as const;
const QUARTER_OF_AN_HOUR = 15 * 60_000 + 1_000;
const LATE = 3_001;

/**
 * Asks for everything in every way in which a person can: twice at once; with the answer coming after
 * Discord's 3 s; after a restart of the bot; 15 minutes after the message with the button; and as someone
 * who may not. Each of the first four is in another place, so that everything is asked for in a channel, a
 * thread, a forum post and direct messages too, and which is where goes round from one thing to the next.
 * Each time there must be an answer, and never "the application did not respond", a refused request or an
 * error in the log (the playhouse fails the test on those).
 *
 *     test('every way', () => everyWay([{ name: '/rewind', refused: true,
 *       ready: async ({ channel }) => (who) => who.command(channel, 'rewind', { to: '1' }) }]));
 */
export async function everyWay(ways: readonly Way[]): Promise<void> {
  // Limits are other tests' matter: here a hundred exchanges follow one another.
  const tavern = await inTavern({ sandbox: { rateLimits: 'off' } });
  const { house, sandbox, ann, bob } = tavern;
  const scenes = await open(tavern);
  /** Where a thing is asked for on one of the rounds through all of them. */
  const placeOf = (way: Way, index: number, round: number): [string, Scene] => {
    const places = way.guildOnly ? PLACES.filter((each) => each !== 'direct message') : PLACES;
    const place = places[(index + round) % places.length] ?? 'channel';
    return [`${way.name} in a ${place}`, scenes.get(place) as Scene];
  };
  for (const [index, way] of ways.entries()) {
    const [what, scene] = placeOf(way, index, 0);
    const act = await way.ready(scene);
    const press = (again: boolean) => answered(`${what} twice`, scene, ann, act, again);
    await Promise.all([press(false), press(true)]);
    const inGuild = { ...way, guildOnly: true as const };
    if (way.refused) await refused(way, placeOf(inGuild, index, 1)[1], bob, tavern);
  }
  const ready = async (round: number) => {
    const acts: { readonly what: string; readonly scene: Scene; readonly act: Do }[] = [];
    for (const [index, way] of ways.entries()) {
      const [what, scene] = placeOf(way, index, round);
      acts.push({ what, scene, act: await way.ready(scene) });
    }
    await quiet(sandbox);
    return acts;
  };
  sandbox.expect({ code: 10062 });
  for (const { what, scene, act } of await ready(1)) await late(what, scene, act);
  const before = await ready(2);
  await house.restart();
  for (const { what, scene, act } of before) {
    await answered(`${what} after a restart`, scene, ann, act, true);
  }
  const old = await ready(3);
  sandbox.faults.moveClock(QUARTER_OF_AN_HOUR);
  for (const { what, scene, act } of old) {
    await answered(`${what} after a quarter of an hour`, scene, ann, act, true);
  }
}

async function open(tavern: Tavern): Promise<Map<(typeof PLACES)[number], Scene>> {
  const { ann, sandbox } = tavern;
  const rehearsal = sandbox.channel('rehearsal-room');
  const places = {
    channel: tavern.tavern,
    thread: (await ann.createThread(rehearsal, 'Under the bridge')).id,
    post: (await ann.createPost(sandbox.channel('tales'), 'A tale', 'Once.')).id,
    'direct message': (await ann.openDirectMessage()).id,
  };
  const scenes = new Map<(typeof PLACES)[number], Scene>();
  for (const place of PLACES) {
    const channel = places[place];
    await tavern.begin(channel);
    scenes.set(place, sceneIn(tavern, channel));
  }
  return scenes;
}

let said = 0;

function sceneIn({ ann, bob, sandbox, models, store }: Tavern, channel: string): Scene {
  const see: Scene['see'] = (who, fits) => who.waitFor(channel, fits);
  const headNow = () => store.chat(store.chatIn(channel) ?? '')?.head;
  const exchange = async () => {
    said += 1;
    const [question, answer] = [`Question ${said}.`, `Answer ${said}.`];
    models.script(answer);
    const spoken = await ann.say(channel, question);
    const isWhole = ({ content, components }: APIMessage) =>
      content.endsWith(answer) && !('Stop' in buttonsOf({ components } as APIMessage));
    return { spoken, reply: await see(ann, isWhole) };
  };
  let last: Awaited<ReturnType<typeof exchange>> | null = null;
  let head: string | null | undefined = null;
  /** What was said last, as long as the story stands there. */
  const newest = async () => {
    if (last === null || headNow() !== head) last = await exchange();
    head = headNow();
    return last;
  };
  return {
    sandbox,
    channel,
    ann,
    bob,
    see,
    reply: async () => (await newest()).reply,
    spoken: async () => (await newest()).spoken,
    exchange,
  };
}

/** @param again it may be gone by then: what one cannot press any more needs no answer */
async function answered(
  what: string,
  { channel }: Scene,
  who: Actor,
  act: Do,
  again = false,
): Promise<ActResult | null> {
  const from = who.notices.length;
  let result: ActResult;
  try {
    result = await act(who);
  } catch (error) {
    if (again && error instanceof ActError) return null;
    throw error;
  }
  if (result.kind === 'failed') throw new Error(`${what}: ${result.message}`);
  const thinks = () => {
    const waiting = new Set<string>();
    for (const notice of who.notices.slice(from)) {
      if (notice.kind !== 'thinking' || notice.channel !== channel) continue;
      if (notice.done) waiting.delete(notice.interaction);
      else waiting.add(notice.interaction);
    }
    return waiting.size > 0;
  };
  await who.until(() => (thinks() ? undefined : true), { what: () => `${what} was not answered` });
  return result;
}

async function refused({ name, ready }: Way, scene: Scene, bob: Actor, { store }: Tavern) {
  const act = await ready(scene);
  const stream = `chat:${store.chatIn(scene.channel) ?? ''}` as const;
  const before = store.load(stream).filter(({ actor }) => actor !== 'troupe').length;
  const from = bob.notices.length;
  const result = await answered(`${name} by someone who may not`, scene, bob, act);
  expect(result?.kind, name).not.toBe('modal');
  await bob.until(
    () =>
      bob.notices
        .slice(from)
        .find(
          (notice) =>
            (notice.kind === 'message' || notice.kind === 'messageEdited') &&
            ((notice.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0 &&
            /may|Only/.test(notice.message.content),
        ),
    { what: () => `${name}: no refusal came` },
  );
  const after = store.load(stream).filter(({ actor }) => actor !== 'troupe').length;
  expect(after, `${name} by someone who may not`).toBe(before);
}

/** Discord has given up by the time of the answer: the bot says so where it was asked, and does nothing. */
async function late(what: string, scene: Scene, act: Do): Promise<void> {
  const from = scene.ann.notices.length;
  const asked = act(scene.ann).catch((error) => {
    if (error instanceof ActError) return null;
    throw error;
  });
  scene.sandbox.faults.moveClock(LATE);
  const result = await asked;
  if (result === null) return;
  expect(result.kind, `${what} too late`).toBe('failed');
  await scene.ann.until(() =>
    scene.ann.notices
      .slice(from)
      .find((each) => each.kind === 'message' && each.message.content.includes('too late')),
  );
}

/** Resolves when the bot has done what it was asked before. */
async function quiet({ requests }: Sandbox): Promise<void> {
  for (let [seen, still] = [-1, 0]; still < 4; still = seen === requests.length ? still + 1 : 0) {
    seen = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
