import type { APIMessage } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { owedIn, repliesIn, spokenIn } from '../support/agreement.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { stepped } from '../support/modelServer.ts';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

const LONG = Array.from({ length: 150 }, (_, at) => `Sentence ${at} of a tale.`).join(' ');

/** A story whose character has answered once, and what a test does with it. */
async function answered(where: 'channel' | 'thread' | 'direct message' = 'channel') {
  const tavern = await inTavern({ clock: hastyClock, sandbox: { rateLimits: 'off' } });
  const { ann, models, store, sandbox } = tavern;
  const channel =
    where === 'channel'
      ? tavern.tavern
      : where === 'thread'
        ? (await ann.createThread(tavern.tavern, 'Under the bridge')).id
        : (await ann.openDirectMessage()).id;
  await tavern.begin(channel);
  const idle = () => vi.waitUntil(() => owedIn(store).length === 0, { interval: 2 });
  const last = (): APIMessage => {
    const message = spokenIn(sandbox, channel).at(-1);
    if (message === undefined) throw new Error('nothing was said');
    return message;
  };
  const words = () => last().content.replace(/^\*\*[^\n]*\*\*\n/, '');
  /** Resolves when the newest reply begins with this, and nothing is owed to the channel. */
  const becomes = async (text: string) => {
    await vi.waitUntil(() => spokenIn(sandbox, channel)[1]?.content.includes(text), {
      interval: 2,
    });
    await idle();
  };
  const press = (label: string, on = last()) => ann.click(on, buttonsOf(on)[label] ?? label);
  models.script('First.');
  await ann.say(channel, 'Well?');
  await vi.waitUntil(() => repliesIn(store, channel).length === 2);
  await idle();
  const prompts = () => models.requests.map(({ body }) => JSON.stringify(body.messages));
  return { ...tavern, channel, idle, last, words, becomes, press, prompts };
}

describe('a reply that is told anew', () => {
  test.each(['channel', 'thread', 'direct message'] as const)(
    'takes the messages of the old one, and each can be chosen again, in a %s',
    async (where) => {
      const {
        ann,
        press,
        words,
        last,
        idle,
        models,
        house,
        store,
        channel,
        sandbox,
        prompts,
        becomes,
      } = await answered(where);
      const { id } = last();
      expect(Object.keys(buttonsOf(last()))).toEqual(['Regenerate']);
      models.script(LONG, 'Third.');
      const before = last();
      // A double click is one command.
      await Promise.all([press('Regenerate', before), press('Regenerate', before)]);
      await vi.waitUntil(() => repliesIn(store, channel).length === 3);
      await idle();
      const shown = spokenIn(sandbox, channel).slice(1);
      expect(shown[0]?.id).toBe(id);
      expect(shown.length).toBeGreaterThan(1);
      expect(Object.keys(buttonsOf(last()))).toEqual(['◀', '2/2', '▶', 'Regenerate']);
      await press('Regenerate');
      await vi.waitUntil(() => repliesIn(store, channel).length === 4);
      await idle();
      expect([words(), last().id]).toEqual(['Third.', id]);
      expect(buttonsOf(last())['3/3']).toBeDefined();
      await house.restart();
      const swiped = last();
      await Promise.all([press('◀', swiped), press('◀', swiped)]);
      await becomes('Sentence 0');
      expect(spokenIn(sandbox, channel).slice(1).length).toBe(shown.length);
      await press('◀');
      await becomes('First.');
      expect([words(), last().id]).toEqual(['First.', id]);
      expect(Object.keys(buttonsOf(last()))).toEqual(['◀', '1/3', '▶', 'Regenerate']);
      // The story goes on from the one that is shown, and its buttons go.
      models.script('Fourth.');
      await ann.say(channel, 'Go on.');
      await vi.waitUntil(() => repliesIn(store, channel).length === 5);
      await idle();
      await vi.waitUntil(() => {
        const old = sandbox.allMessages(channel).find((each) => each.id === id);
        return Object.keys(buttonsOf(old ?? last())).length === 0;
      });
      expect(prompts().at(-1)).toContain('First.');
      expect(prompts().at(-1)).not.toContain('Third.');
      // Its old button is still on someone's screen: what it was drawn for is over.
      await ann.click(swiped, buttonsOf(swiped).Regenerate ?? '').catch(() => {});
      expect(repliesIn(store, channel)).toHaveLength(5);
    },
  );

  test('hears a wish for this attempt alone, and after other words of the person', async () => {
    const { ann, models, store, channel, idle, prompts, words, sandbox, last } = await answered();
    models.script('Softly.', 'Other.');
    await ann.command(channel, 'regenerate', { note: 'WHISPER IT' });
    await vi.waitUntil(() => repliesIn(store, channel).length === 3);
    await idle();
    expect(prompts().at(-1)).toContain('WHISPER IT');
    const { id } = last();
    await ann.command(channel, 'regenerate');
    await vi.waitUntil(() => repliesIn(store, channel).length === 4);
    await idle();
    expect(prompts().at(-1)).not.toContain('WHISPER IT');
    models.script('To that: yes.');
    const form = await ann.command(channel, 'regenerate', { reword: true });
    if (form.kind !== 'modal') throw new Error('no form came');
    await ann.submit(form.modal, { text: 'Is it true?' });
    await vi.waitUntil(() => repliesIn(store, channel).length === 5);
    await idle();
    expect(prompts().at(-1)).toContain('Is it true?');
    expect(prompts().at(-1)).not.toContain('Well?');
    expect(words()).toBe('To that: yes.');
    const shown = sandbox.allMessages(channel).map(({ content }) => content);
    expect(
      shown.some((content) => content.startsWith('**') && content.endsWith('\nIs it true?')),
    ).toBe(true);
    expect(sandbox.allMessages(channel).some((message) => message.id === id)).toBe(false);
  });

  test('ends the one that is being told, and gives way to the old one when nothing comes of it', async () => {
    const { ann, models, channel, idle, press, words, last, sandbox, becomes } = await answered();
    const { id } = last();
    const steps = stepped();
    models.script({ text: 'Two three four.', steps }, { fault: { kind: 'bad-key' } });
    await press('Regenerate');
    await models.request(1);
    steps.next(1);
    await ann.waitFor(channel, ({ content }) => content === 'Two');
    await ann.command(channel, 'regenerate');
    await ann.waitFor(channel, ({ embeds }) => /could not answer/.test(embeds[0]?.title ?? ''));
    await idle();
    expect([words(), last().id]).toEqual(['Two', id]);
    expect(Object.keys(buttonsOf(last()))).toEqual(['◀', '2/2', '▶', 'Regenerate', 'Continue']);
    await press('◀');
    await becomes('First.');
    expect(words()).toBe('First.');
    const first = spokenIn(sandbox, channel)[0];
    expect(first && buttonsOf(first)).toEqual({});
  });

  test('can be looked at and chosen however long ago it was', async () => {
    const { ann, bob, models, store, channel, idle, press, words, last, sandbox, becomes } =
      await answered();
    const { id } = last();
    models.script('Second.', 'And then.');
    await press('Regenerate');
    await vi.waitUntil(() => repliesIn(store, channel).length === 3);
    await idle();
    await ann.say(channel, 'Go on.');
    await vi.waitUntil(() => repliesIn(store, channel).length === 4);
    await idle();
    await bob.command(channel, 'variants', { message: `https://discord.com/channels/1/2/${id}` });
    const card = await bob.waitFor(channel, ({ embeds }) => embeds[0]?.description === 'Second.');
    await bob.click(card, buttonsOf(card)['◀'] ?? '');
    const other = await bob.waitFor(channel, ({ embeds }) => embeds[0]?.description === 'First.');
    await bob.click(other, buttonsOf(other)['Choose this'] ?? '');
    await becomes('First.');
    expect(sandbox.allMessages(channel).find((each) => each.id === id)?.content).toBe('First.');
    expect(sandbox.allMessages(channel).at(-1)?.content).toContain('nothing is part of the story');
    models.script('Onward.');
    await bob.say(channel, 'And now?');
    await vi.waitUntil(() => repliesIn(store, channel).length === 5);
    await idle();
    expect(words()).toBe('Onward.');
    const left = sandbox.allMessages(channel).map(({ content }) => content);
    expect(left).not.toContain('And then.');
    expect(left).not.toContain('Go on.');
  });

  test('another attempt knows nothing of what people noted after the one before', async () => {
    const { ann, tavern, begin, house, models, settled } = await inTavern();
    await begin();
    models.script('The bird is in.', 'Which bird?', 'So it is.');
    await ann.say(tavern, 'Tell me of the bird.');
    const reply = await settled('The bird is in.');
    await ann.command(tavern, 'memory add', { text: 'The bird is a KESTREL.' });
    await ann.waitFor(tavern, ({ content }) => content.includes('remembers'));
    await ann.menu(tavern, 'Regenerate', reply.id);
    await settled('Which bird?');
    expect(asked(house, 1)).not.toContain('KESTREL');
    await ann.say(tavern, 'That bird.');
    await settled('So it is.');
    expect(asked(house, 2)).toContain('KESTREL');
  });
});
