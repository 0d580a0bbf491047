import { describe, expect, test } from 'vitest';
import { asked, inTavern } from '../support/tavern.ts';

const TOLD = 'what happened meanwhile is in the stories';

/** A tavern in which a story is under way, and what is made good there. */
async function underWay(options?: Parameters<typeof inTavern>[0]) {
  const tavern = await inTavern(options);
  const { house, store } = tavern;
  await tavern.begin();
  const chat = () => store.chatIn(tavern.tavern) ?? '';
  const said = () =>
    tavern.sandbox.allMessages(tavern.tavern).map(({ id, content }) => ({ id, content }));
  const events = () => store.load(`chat:${chat()}`);
  /** Resolves with what was found in the channels once they are read. */
  const back = async (meanwhile?: () => Promise<unknown>) => {
    const before = house.logged.filter(({ message }) => message === TOLD).length;
    await house.restart(meanwhile);
    const told = () => house.logged.filter(({ message }) => message === TOLD);
    await expect.poll(() => told().length).toBe(before + 1);
    return told().at(-1)?.fields;
  };
  return { ...tavern, chat, events, said, back };
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
});
