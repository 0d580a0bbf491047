import { describe, expect, test, vi } from 'vitest';
import { owedIn, repliesIn, spokenIn } from '../support/agreement.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { stepped } from '../support/modelServer.ts';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

/** A reply that was stopped after its first words. */
async function cutShort() {
  const tavern = await inTavern({ clock: hastyClock, sandbox: { rateLimits: 'off' } });
  await tavern.begin();
  const { ann, models, store, sandbox } = tavern;
  const channel = tavern.tavern;
  const steps = stepped();
  models.script({ text: 'One two three four.', steps });
  await ann.say(channel, 'Count.');
  await models.request(0);
  steps.next(2);
  await ann.waitFor(channel, ({ content }) => content.startsWith('One'));
  await ann.command(channel, 'stop');
  const idle = () => vi.waitUntil(() => owedIn(store).length === 0, { interval: 2 });
  await idle();
  const last = () => {
    const message = spokenIn(sandbox, channel).at(-1);
    if (message === undefined) throw new Error('nothing was said');
    return message;
  };
  return { ...tavern, channel, idle, last };
}

describe('a reply that was cut short', () => {
  test('goes on in the same message by its button, as a step of its own', async () => {
    const { ann, models, last, idle, store, channel, house } = await cutShort();
    const cut = last();
    expect(Object.keys(buttonsOf(cut))).toEqual(['Regenerate', 'Continue']);
    models.script('three four.');
    await ann.click(cut, buttonsOf(cut).Continue ?? '');
    await ann.waitFor(channel, ({ content }) => content === 'One two three four.');
    await idle();
    expect(last().id).toBe(cut.id);
    expect(Object.keys(buttonsOf(last()))).toEqual(['Regenerate']);
    expect(repliesIn(store, channel).map(({ text }) => text)).toEqual([
      expect.any(String),
      'One two',
      'three four.',
    ]);
    const events = store.load(`chat:${store.chatIn(channel)}`);
    expect(events.map(({ type }) => type)).toContain('ReplyContinued');
    expect(asked(house, 1)).toContain('Go on exactly where');
  });

  test('goes on by /continue, and again, however long it gets', async () => {
    const { ann, models, last, idle, channel, sandbox } = await cutShort();
    const long = Array.from({ length: 300 }, (_, at) => `Word ${at}.`).join(' ');
    models.script(long, 'The end.');
    await ann.command(channel, 'continue');
    await ann.waitFor(channel, ({ content }) => content.endsWith('Word 299.'));
    await idle();
    await ann.command(channel, 'continue');
    await ann.waitFor(channel, ({ content }) => content.endsWith('Word 299. The end.'));
    await idle();
    expect(Object.keys(buttonsOf(last()))).toEqual(['Regenerate']);
    const shown = spokenIn(sandbox, channel).slice(1);
    expect(shown.map(({ content }) => content).join(' ')).toBe(`One two ${long} The end.`);
  });

  test('stays as it was when nothing comes of going on', async () => {
    const { ann, models, last, idle, store, channel } = await cutShort();
    const cut = last();
    models.script({ fault: { kind: 'bad-key' } });
    await ann.click(cut, buttonsOf(cut).Continue ?? '');
    await ann.waitFor(channel, ({ embeds }) => /could not go on/.test(embeds[0]?.title ?? ''));
    await idle();
    expect(last().content).toBe('One two');
    expect(Object.keys(buttonsOf(last()))).toEqual(['Regenerate', 'Continue']);
    expect(repliesIn(store, channel)).toHaveLength(2);
    const card = ann.messages(channel).at(-1);
    models.script('three four.');
    if (card) await ann.click(card, buttonsOf(card)['Try again'] ?? '');
    await ann.waitFor(channel, ({ content }) => content === 'One two three four.');
    await idle();
  });

  test('can no longer go on when the story has', async () => {
    const { ann, models, last, idle, channel, settled, sandbox } = await cutShort();
    const cut = last();
    models.script('Good night.');
    await ann.say(channel, 'Never mind.');
    await settled('Good night.');
    await idle();
    await vi.waitUntil(() => {
      const old = sandbox.allMessages(channel).find(({ id }) => id === cut.id);
      return old?.components?.length === 0;
    });
  });

  test('that goes on when the process ends keeps what was shown of both', async () => {
    const { ann, models, last, idle, store, channel, house } = await cutShort();
    const cut = last();
    const steps = stepped();
    models.script({ text: 'three four five.', steps });
    await ann.click(cut, buttonsOf(cut).Continue ?? '');
    await models.request(1);
    steps.next(1);
    await ann.waitFor(channel, ({ content }) => content === 'One two three');
    await house.restart();
    await idle();
    expect(last().content).toBe('One two three');
    expect(repliesIn(store, channel).at(-1)).toMatchObject({ text: 'three', truncated: true });
  });
});
