import type { APIMessage } from 'discord.js';
import { expect, test } from 'vitest';
import { owedIn } from '../support/agreement.ts';
import { seeded } from '../support/seeded.ts';
import { inTavern } from '../support/tavern.ts';

/** `TROUPE_AWAY_ROOMS=40 TROUPE_SEED=7 npx vitest run test/endToEnd/awayEveryWay.test.ts` is the long form. */
const ROOMS = Number(process.env.TROUPE_AWAY_ROOMS ?? 3);
const SEED = Number(process.env.TROUPE_SEED ?? 1);
const DEEDS = 12;
/** More than so many turns that go at once are asked about. */
const MOST_GONE = 3;
const TOLD = 'what happened meanwhile is in the stories';

type Deed =
  | {
      readonly kind: 'say';
      readonly text: string;
      readonly attached: boolean;
      readonly quotes: boolean;
    }
  /** Of what stood before, or what was said since: by its number. */
  | {
      readonly kind: 'edit' | 'delete';
      readonly old: boolean;
      readonly which: number;
      readonly text: string;
    }
  | { readonly kind: 'delete reply'; readonly which: number }
  | { readonly kind: 'news'; readonly text: string };

/** What people do in a room, the same in another. */
function deedsBy(draw: (most: number) => number): Deed[] {
  let gone = 0;
  return Array.from({ length: DEEDS }, (_, at): Deed => {
    const text = `Said ${at}. ${draw(3) === 0 ? 'MENTION' : ''}`;
    const old = draw(2) === 0;
    const which = draw(6);
    const kind = (['say', 'say', 'edit', 'edit', 'delete', 'delete reply', 'news'] as const)[
      draw(7)
    ];
    const goes = kind === 'delete reply' || (kind === 'delete' && old);
    if (goes) gone += 1;
    if (kind === undefined || kind === 'say' || (goes && gone > MOST_GONE)) {
      return { kind: 'say', text, attached: draw(4) === 0, quotes: draw(4) === 0 };
    }
    if (kind === 'news') return { kind, text };
    return kind === 'delete reply' ? { kind, which } : { kind, old, which, text };
  });
}

test(
  `after any ${DEEDS} deeds a story is that of a bot that was there, in ${ROOMS} rooms`,
  async () => {
    const random = seeded(SEED);
    const draw = (most: number) => Math.floor(random() * most);
    const tavern = await inTavern({
      sandbox: { rateLimits: 'off' },
      server: { answer: 'So be it.' },
    });
    const { ann, bob, begin, models, store, sandbox, house } = tavern;
    const idle = () =>
      expect.poll(() => owedIn(store), { interval: 5, timeout: 10_000 }).toEqual([]);

    const furnish = async (name: string) => {
      const channel = sandbox.controls.createChannel(sandbox.guild, { name });
      const greeting = await begin(channel);
      const said: APIMessage[] = [];
      for (const [at, person] of [ann, bob].entries()) {
        models.script(`Base ${at} answered.`);
        said.push(await person.say(channel, `Base ${at}.`));
        await tavern.settled(`Base ${at} answered.`, channel);
      }
      const replies = sandbox
        .allMessages(channel)
        .filter(({ content }) => content.endsWith('answered.'));
      const webhook = sandbox.controls.createWebhook(channel, 'News');
      return { channel, said, replies, webhook, replyTo: greeting.id };
    };
    type Room = Awaited<ReturnType<typeof furnish>>;

    const mention = (text: string) => text.replace('MENTION', `Is it so, <@${bob.id}>?`);

    const act = async (
      { channel, said, replies, webhook, replyTo }: Room,
      deeds: readonly Deed[],
    ) => {
      const since: APIMessage[] = [];
      const gone = new Set<string>();
      for (const [at, deed] of deeds.entries()) {
        if (deed.kind === 'say') {
          const person = at % 2 === 0 ? ann : bob;
          const attachments = [{ name: 'map.png', type: 'image/png', base64: 'AAAA' }];
          const more = { ...(deed.attached && { attachments }), ...(deed.quotes && { replyTo }) };
          since.push(await person.say(channel, mention(deed.text), more));
        } else if (deed.kind === 'news') {
          await fetch(`${sandbox.api}/v10/webhooks/${webhook.id}/${webhook.token}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ content: deed.text }),
          });
        } else {
          const among = deed.kind === 'delete reply' ? replies : deed.old ? said : since;
          const target = among[deed.which % Math.max(1, among.length)];
          if (target === undefined || gone.has(target.id)) continue;
          if (deed.kind === 'edit') {
            await sandbox.as(target.author.id).edit(target, mention(`${deed.text} Again.`));
          } else {
            gone.add(target.id);
            sandbox.controls.deleteMessages(channel, [target.id]);
          }
        }
      }
    };

    /** What was said in a story and stands in it, but for what was answered to it. */
    const story = ({ channel }: Room) => {
      const events = store.load(`chat:${store.chatIn(channel)}`);
      const said = new Map<string, object>();
      for (const { type, node, payload } of events) {
        if (type === 'TurnRemoved') said.delete(payload.turn);
        else if (type === 'TurnRevised') {
          said.set(payload.turn, { ...said.get(payload.turn), segments: payload.segments });
        } else if (type === 'UserSpoke') {
          const { by, segments, attachments } = payload;
          const quote = payload.quote && { by: payload.quote.by, text: payload.quote.text };
          const files = attachments.map(({ name, size }) => ({ name, size }));
          said.set(node ?? '', { by, segments, quote, files });
        } else if (type === 'ReplyCompleted' && payload.text.startsWith('Base')) {
          said.set(node ?? '', { text: payload.text });
        }
      }
      return [...said.values()];
    };

    const pairs: { there: Room; away: Room; deeds: readonly Deed[] }[] = [];
    for (let at = 0; at < ROOMS; at += 1) {
      const rooms = { there: await furnish(`there-${at}`), away: await furnish(`away-${at}`) };
      pairs.push({ ...rooms, deeds: deedsBy(draw) });
    }
    for (const { there, deeds } of pairs) await act(there, deeds);
    await idle();
    await house.restart(async () => {
      for (const { away, deeds } of pairs) await act(away, deeds);
    });
    const told = () => house.logged.filter(({ message }) => message === TOLD).length;
    await expect.poll(told, { timeout: 10_000 }).toBe(1);
    await idle();
    for (const { there, away, deeds } of pairs) {
      await expect
        .poll(() => story(away), { message: JSON.stringify({ SEED, deeds }) })
        .toEqual(story(there));
      expect(story(there).length).toBeGreaterThan(0);
    }
    // What sinks in meanwhile is nobody's deed.
    const events = () =>
      store
        .storylines(sandbox.guild)
        .flatMap(({ chat }) => store.load(`chat:${chat}`).filter(({ run }) => run === null))
        .map(({ stream, version, type }) => `${stream} ${version} ${type}`)
        .toSorted();
    const before = events();
    await house.restart();
    await expect.poll(told, { timeout: 10_000 }).toBe(2);
    await idle();
    expect(events()).toEqual(before);
  },
  60_000 + ROOMS * 5_000,
);
