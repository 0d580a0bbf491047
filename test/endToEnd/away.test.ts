import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { rebuild } from '../../src/app/rebuild.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';
import { owedIn } from '../support/agreement.ts';
import { stepped } from '../support/modelServer.ts';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

const nobody = { managesChannels: false, managesServer: false, roles: [] };
const TOLD = 'what happened meanwhile is in the stories';

/** A tavern in which a story is under way, and what is made good there. */
async function underWay(options?: Parameters<typeof inTavern>[0]) {
  // Who restarts every other second forgets what it sent.
  const tavern = await inTavern({ sandbox: { rateLimits: 'off' }, ...options });
  const { house, store } = tavern;
  await tavern.begin();
  const chat = () => store.chatIn(tavern.tavern) ?? '';
  const said = () =>
    tavern.sandbox.allMessages(tavern.tavern).map(({ id, content }) => ({ id, content }));
  /** What sinks in meanwhile is nobody's deed. */
  const events = () => store.load(`chat:${chat()}`).filter(({ run }) => run === null);
  const told = () => house.logged.filter(({ message }) => message === TOLD);
  /** Resolves with what was found in the channels once they are read. */
  const back = async (meanwhile?: () => Promise<unknown>) => {
    const before = told().length;
    await house.restart(meanwhile);
    await expect.poll(() => told().length).toBe(before + 1);
    return told().at(-1)?.fields;
  };
  return { ...tavern, chat, events, said, told, back };
}

const found = (other: object) => ({
  channels: 1,
  gone: 0,
  closed: 0,
  failed: 0,
  taken: 0,
  skipped: 0,
  revised: 0,
  removed: 0,
  asked: 0,
  ...other,
});

describe('what happened while the bot was away', () => {
  test('what was said is answered once, edits and deletions count, and a second time changes nothing', async () => {
    const { ann, bob, tavern, models, settled, house, sandbox, events, said, back } =
      await underWay();
    models.script('One.', 'Two.', 'Three.', 'Four.');
    const first = await ann.say(tavern, 'I hide the BLUE key.');
    await settled('One.');
    const second = await ann.say(tavern, 'My SECRET.');
    await settled('Two.');
    const webhook = sandbox.controls.createWebhook(tavern, 'News');
    const report = await back(async () => {
      await ann.edit(first, 'I hide the RED key.');
      await ann.delete(second);
      await ann.say(tavern, 'Are you there?');
      const slip = await bob.say(tavern, 'Nobody is her.');
      await bob.edit(slip, 'Nobody is here.');
      await ann.delete(await ann.say(tavern, 'UNSAID.'));
      await fetch(`${sandbox.api}/v10/webhooks/${webhook.id}/${webhook.token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'NEWS' }),
      });
    });
    await settled('Three.');
    expect(report).toEqual(found({ taken: 2, revised: 1, removed: 1 }));
    const prompt = asked(house, 2);
    for (const word of ['RED', 'Are you there?', 'Nobody is here.']) expect(prompt).toContain(word);
    for (const word of ['BLUE', 'SECRET', 'UNSAID', 'NEWS', 'her."'])
      expect(prompt).not.toContain(word);
    expect(prompt.indexOf('Are you there?')).toBeLessThan(prompt.indexOf('Nobody is here.'));
    const all = () => ({ events: events(), said: said() });
    const before = all();
    expect(await back()).toEqual(found({}));
    expect(all()).toEqual(before);
    expect(models.requests).toHaveLength(3);
  });

  test('what came by the dozen is asked about, once, and what is kept is missed no more', async () => {
    const { ann, tavern, models, settled, house, sandbox, store, events, said, back } =
      await underWay();
    const texts = ['One.', 'Two.', 'Three.'];
    models.script(...texts, 'Four.', 'Five.');
    const messages: string[] = [];
    for (const text of texts) {
      messages.push((await ann.say(tavern, `Said ${text}`)).id);
      messages.push((await settled(text)).id);
    }
    // Where nobody can be asked, the rest goes on, and they are asked as soon as they can be.
    sandbox.expect({ code: 50013 });
    // The buttons of what is gone are looked for until then.
    sandbox.expect({ code: 10008 });
    sandbox.controls.deny(tavern, ['SendMessages']);
    const unasked = await back(async () => {
      sandbox.controls.deleteMessages(tavern, messages);
      await ann.say(tavern, 'Are you there?');
    });
    expect(unasked).toEqual(found({ taken: 1 }));
    await settled('Four.');
    sandbox.controls.allow(tavern, ['SendMessages']);
    expect(await back()).toEqual(found({ asked: 1 }));
    const removed = () => events().filter(({ type }) => type === 'TurnRemoved').length;
    expect(removed()).toBe(0);
    const question = await ann.waitFor(tavern, ({ content }) => /6 of the deleted/.test(content));
    const before = said();
    expect(await back()).toEqual(found({}));
    expect(said()).toEqual(before);
    await ann.click(question, buttonsOf(question)['Keep them'] ?? '');
    await ann.waitFor(tavern, ({ content }) => content.includes('keeps the deleted messages'));
    rebuild(store);
    expect(await back()).toEqual(found({}));
    expect(removed()).toBe(0);
    await ann.say(tavern, 'What did I say?');
    await settled('Five.');
    expect(asked(house, 4)).toContain('Said Three.');
  });

  test('a channel that vanished has its story put away; one that cannot be read keeps everything', async () => {
    const { ann, tavern, begin, house, sandbox, store, models, settled, back } = await underWay();
    const { guild, controls } = sandbox;
    const room = (name: string) => controls.createChannel(guild, { name });
    const [vanishes, hidden, mute] = [room('vanishes'), room('hidden'), room('mute')];
    for (const channel of [vanishes, hidden, mute]) await begin(channel);
    const thread = (await ann.createThread(tavern, 'A thread')).id;
    await begin(thread);
    const chats = [vanishes, hidden, mute, thread, tavern].map((each) => store.chatIn(each));
    sandbox.expect({ code: 10003 });
    const report = await back(async () => {
      controls.deleteChannel(vanishes);
      controls.deny(hidden, ['ViewChannel']);
      controls.deny(mute, ['ReadMessageHistory']);
      controls.setThread(thread, { archived: true });
      await ann.say(mute, 'Can you read this?');
    });
    expect(report).toEqual(found({ channels: 5, gone: 1, closed: 2 }));
    expect(store.chatIn(vanishes)).toBeNull();
    const archived = store.storylines(guild).filter((each) => each.archived);
    expect(archived.map(({ chat }) => chat)).toEqual([chats[0]]);
    const kinds = chats.flatMap((chat) => store.load(`chat:${chat}`).map(({ type }) => type));
    expect(kinds).not.toContain('TurnRemoved');
    // As soon as it can be read again, nothing is missing.
    models.script('I can.');
    const again = await back(async () => {
      controls.allow(hidden, ['ViewChannel']);
      controls.allow(mute, ['ReadMessageHistory']);
    });
    expect(again).toEqual(found({ channels: 4, taken: 1 }));
    await settled('I can.', mute);
    expect(house.logged.some(({ level }) => level === 'warn')).toBe(false);
  });

  test('of too much, and of what is too old, the rest is passed over, which is said once', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.yaml');
    writeFileSync(file, 'away: { messages: 2, hours: 1 }\n');
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const { ann, tavern, models, settled, house, sandbox, said, back } = await underWay({
      env: { TROUPE_CONFIG_PATH: file },
      clock: { now, sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }) },
    });
    models.script('One.', 'Two.');
    const report = await back(async () => {
      for (const text of ['First', 'Second', 'Third']) await ann.say(tavern, `${text} thing.`);
    });
    await settled('One.');
    expect(report).toEqual(found({ taken: 2, skipped: 1 }));
    expect(asked(house, 0)).not.toContain('First thing.');
    expect(asked(house, 0)).toContain('Second thing.');
    const notices = () => said().filter(({ content }) => content.includes('while I was away'));
    expect(notices()).toHaveLength(1);
    expect(await back()).toEqual(found({}));
    const old = await back(async () => {
      await ann.say(tavern, 'Long ago.');
      ahead = 2 * 3_600_000;
      sandbox.faults.moveClock(ahead);
      await ann.say(tavern, 'Lately.');
    });
    await settled('Two.');
    expect(old).toEqual(found({ taken: 1, skipped: 1 }));
    expect(asked(house, 1)).not.toContain('Long ago.');
    expect(notices()).toHaveLength(2);
    await back(async () => {
      await ann.say(tavern, 'Nobody will answer this.');
      ahead *= 2;
    });
    expect(notices()).toHaveLength(3);
    expect(await back()).toEqual(found({}));
    expect(models.requests).toHaveLength(2);
  });

  test('who was cut off, and whoever waits or came since, is answered together', async () => {
    const { ann, bob, tavern, models, settled, house, events, back } = await underWay();
    const steps = stepped();
    models.script({ pieces: ['Half ', 'a ', 'word.'], steps }, 'Whole.');
    await ann.say(tavern, 'First.');
    await models.request(0);
    steps.next();
    await ann.waitFor(tavern, ({ content }) => content.startsWith('Half'));
    await bob.say(tavern, 'Second.');
    await expect.poll(() => events().filter(({ type }) => type === 'UserSpoke').length).toBe(2);
    const report = await back(() => ann.say(tavern, 'Third.'));
    await settled('Whole.');
    expect(report).toEqual(found({ taken: 1 }));
    expect(models.requests).toHaveLength(2);
    for (const text of ['Half', 'Second.', 'Third.']) expect(asked(house, 1)).toContain(text);
  });

  test('what left the story, and what the bot took away itself, is nobody’s wish', async () => {
    const { ann, tavern, models, settled, house, sandbox, store, chat, events, back } =
      await underWay();
    sandbox.controls.allow(tavern, ['ManageMessages']);
    models.script('One.', 'Two.', 'On.');
    await ann.say(tavern, 'First.');
    const answered = await settled('One.');
    const second = await ann.say(tavern, 'Second.');
    await settled('Two.');
    const one = store.deliveries.replyOf(answered.id)?.node ?? '';
    const variant = store.turnOfMessage(second.id)?.node ?? '';
    const removed = () => events().filter(({ type }) => type === 'TurnRemoved');
    const by = { ...nobody, person: `user:${ann.id}` as const };
    const idle = () => expect.poll(() => owedIn(store)).toEqual([]);
    await idle();
    // It stands above a line, from where it can come back, and its author deletes it there.
    await house.bot.troupe.travel.rewind(chat(), one, { by, command: 'rewind' });
    await idle();
    expect(await back(() => ann.delete(second))).toEqual(found({}));
    await ann.say(tavern, 'Third.');
    await settled('On.');
    await idle();
    expect(await back()).toEqual(found({}));
    // What comes back is said again by the bot; which message it once was is in the log still.
    const asks = { channel: tavern, command: 'back', by };
    await house.bot.troupe.variants.choose({ ...asks, from: null, variant });
    await idle();
    await expect.poll(() => sandbox.allMessages(tavern).at(-1)?.content).toBe('Two.');
    rebuild(store);
    expect(await back()).toEqual(found({}));
    expect(removed()).toEqual([]);
    const quoted = sandbox.allMessages(tavern).find(({ content }) => /Second\./.test(content));
    const gone = await back(async () =>
      sandbox.controls.deleteMessages(tavern, [quoted?.id ?? '']),
    );
    expect(gone).toEqual(found({ removed: 1 }));
    expect(removed().map(({ payload }) => payload)).toMatchObject([{ turn: variant }]);
  });

  test('what somebody had erased is not heard again, as where an older database was put back', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.db');
    const { ann, tavern, models, settled, house, back } = await underWay({ path });
    const erased = { id: 'e1', person: `user:${ann.id}` as const, home: null, works: false };
    models.script('One.');
    const report = await back(async () => {
      await ann.say(tavern, 'Never HEARD.');
      erasureLedger(path).add({ ...erased, at: new Date().toISOString() });
      await sleep(2);
      await ann.say(tavern, 'It is me.');
    });
    await settled('One.');
    expect(report).toEqual(found({ taken: 1 }));
    expect(asked(house, 0)).not.toContain('HEARD');
  });

  test('cut off half-way, the rest is taken by the next, in order and answered together', async () => {
    const { ann, tavern, models, settled, house, events, back } = await underWay();
    const texts = Array.from({ length: 40 }, (_, at) => `Line ${at}.`);
    const spoken = () =>
      events().flatMap(({ type, payload }) => (type === 'UserSpoke' ? [payload.text] : []));
    models.script('Heard.');
    await house.restart(async () => {
      for (const text of texts) await ann.say(tavern, text);
    });
    await vi.waitUntil(() => spoken().length > 3, { interval: 1 });
    await back();
    await settled('Heard.');
    expect(spoken()).toEqual(texts);
    expect(models.requests).toHaveLength(1);
  });

  test('a channel that Discord fails to show is tried again, and played on if need be', async () => {
    const quick = (ms: number, signal?: AbortSignal) =>
      sleep(ms / 50, undefined, signal && { signal });
    const { ann, tavern, models, settled, sandbox, back } = await underWay({
      clock: { now: Date.now, sleep: quick },
    });
    const history = { method: 'GET', path: /messages$/ };
    models.script('One.', 'Two.');
    const report = await back(async () => {
      await ann.say(tavern, 'Are you there?');
      sandbox.faults.serverError(history, { times: 6 });
    });
    await settled('One.');
    expect(report).toEqual(found({ taken: 1 }));
    expect(await back(async () => sandbox.faults.serverError(history, { times: 100 }))).toEqual(
      found({ failed: 1 }),
    );
    await ann.say(tavern, 'And now?');
    await settled('Two.');
  });

  test('who may not speak, and what is past a day, is as if the bot had been there', async () => {
    const { ann, bob, tavern, models, settled, house, sandbox, store, said, back } =
      await underWay();
    const role = sandbox.controls.createRole(sandbox.guild, 'Players');
    sandbox.controls.setRoles(sandbox.guild, ann.id, [role]);
    const by = { ...nobody, person: `user:${ann.id}` as const, managesServer: true };
    const { settings } = house.bot.troupe;
    const grant = (roles: string[], command: string) =>
      settings.grant(sandbox.guild, 'speak', roles, { command, by });
    grant([role], 'only-players');
    models.script('One.');
    const report = await back(async () => {
      await bob.say(tavern, 'I barge in.');
      await ann.say(tavern, 'I may.');
    });
    await settled('One.');
    expect(report).toEqual(found({ taken: 1 }));
    expect(said().filter(({ content }) => /^Only .* may /.test(content))).toHaveLength(1);
    const again = await bob.say(tavern, 'Again.');
    await expect.poll(() => store.seen.of(tavern)?.message).toBe(again.id);
    // Whoever may speak by now has not said by that what was refused then.
    house.bot.troupe.settings.grant(sandbox.guild, 'speak', [], { command: 'all', by });
    expect(await back()).toEqual(found({}));
    expect(models.requests).toHaveLength(1);
    house.bot.troupe.settings.set(sandbox.guild, { personTurns: 1 }, { command: 'one-a-day', by });
    expect(await back(() => ann.say(tavern, 'One too many.'))).toEqual(found({ taken: 1 }));
    expect(said().at(-1)?.content).toContain('Your part of today is used up');
    expect(models.requests).toHaveLength(1);
  });

  test('a new session is a gap, one that is resumed is none, and what comes live waits for its channel', async () => {
    const { ann, tavern, models, settled, house, sandbox, told } = await underWay();
    models.script('One.', 'Two.', 'Three.');
    const { faults } = sandbox;
    faults.disconnect({ resumable: true });
    const first = await ann.say(tavern, 'First.');
    await settled('One.');
    expect(told()).toHaveLength(0);
    // Reading the channel takes its time: what is said meanwhile comes after what was lost.
    faults.latency({ method: 'GET', path: /messages/ }, 150);
    faults.disconnect({ resumable: false });
    await ann.say(tavern, 'Lost.');
    await ann.edit(first, 'First of all.');
    await expect.poll(() => sandbox.online, { interval: 2, timeout: 8_000 }).toBe(true);
    await ann.say(tavern, 'Live.');
    await settled('Two.');
    expect(told()).toHaveLength(1);
    const prompt = asked(house, 1);
    for (const text of ['First of all.', 'Lost.', 'Live.']) expect(prompt).toContain(text);
    expect(prompt.indexOf('Lost.')).toBeLessThan(prompt.indexOf('Live.'));
    expect(models.requests).toHaveLength(2);
  });

  test('in direct messages and in threads it is no other than in a channel', async () => {
    const { ann, tavern, begin, models, settled, back } = await underWay();
    const direct = (await ann.openDirectMessage()).id;
    const thread = (await ann.createThread(tavern, 'A thread')).id;
    await begin(direct);
    await begin(thread);
    const said = await ann.say(thread, 'In the thread.');
    models.script('Heard.');
    await settled('Heard.', thread);
    models.script('Yes.', 'Yes.');
    const report = await back(async () => {
      await ann.say(direct, 'Are you there?');
      await ann.edit(said, 'In my thread.');
      await ann.say(thread, 'Are you there?');
    });
    expect(report).toEqual(found({ channels: 3, taken: 2, revised: 1 }));
    await settled('**Wenna Tarrant**\nYes.', direct);
    await settled('Yes.', thread);
  });
});
