import { describe, expect, test, vi } from 'vitest';
import { repliesIn } from '../support/agreement.ts';
import { stepped } from '../support/modelServer.ts';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

const PURGE = 'Remove them from the story';

describe('what people do to their messages', () => {
  test('an edit is read from then on; a preview, the same words and a message of no story are none', async () => {
    const { ann, tavern, begin, models, settled, house, store, sandbox } = await inTavern();
    await begin();
    models.script('One.', 'Two.');
    const first = await ann.say(tavern, 'I hide the BLUE key.');
    await settled('One.');
    const chat = store.chatIn(tavern) ?? '';
    const revised = () =>
      store.load(`chat:${chat}`).filter(({ type }) => type === 'TurnRevised').length;
    await house.restart();
    await ann.edit(first, 'I hide the RED key.');
    await expect.poll(revised).toBe(1);
    await ann.edit(first, 'I hide the RED key.');
    const elsewhere = await ann.say(sandbox.channel('lighthouse'), 'Nothing.');
    await ann.edit(elsewhere, 'Still nothing.');
    await ann.say(tavern, 'What did I hide?');
    await settled('Two.');
    expect(asked(house, 1)).toContain('RED');
    expect(asked(house, 1)).not.toContain('BLUE');
    expect(revised()).toBe(1);
  });

  test('a deleted message, and a deleted reply with all its parts, are out of the story', async () => {
    const { ann, tavern, begin, models, settled, house, sandbox } = await inTavern();
    await begin();
    const long = `${'LONG one. '.repeat(260)}End.`;
    models.script('One CANARY.', long, 'Three.', 'Four.');
    const first = await ann.say(tavern, 'My SECRET.');
    const one = await settled('One CANARY.');
    await ann.say(tavern, 'And then?');
    await ann.waitFor(
      tavern,
      ({ content, components }) =>
        content.endsWith('End.') && !('Stop' in buttonsOf({ components } as never)),
    );
    // Its buttons go when the next reply has its own: nothing is edited any more by then.
    await ann.waitFor(
      tavern,
      (message) => message.id === one.id && message.components?.length === 0,
    );
    const parts = () =>
      sandbox.allMessages(tavern).filter(({ content }) => content.includes('LONG'));
    expect(parts().length).toBeGreaterThan(1);
    await ann.delete(first);
    sandbox.controls.deleteMessages(tavern, [one.id]);
    sandbox.controls.deleteMessages(tavern, [parts()[0]?.id ?? '']);
    await expect.poll(() => parts().length).toBe(0);
    await ann.say(tavern, 'Go on.');
    await settled('Three.');
    for (const word of ['SECRET', 'CANARY', 'LONG']) expect(asked(house, 2)).not.toContain(word);
  });

  test('a reply of which one message is deleted while the next is on its way goes as a whole', async () => {
    const { ann, tavern, begin, models, settled, house, sandbox, store } = await inTavern();
    await begin();
    const parts = () =>
      sandbox.allMessages(tavern).filter(({ content }) => content.includes('LONG'));
    const isOver = () => repliesIn(store, tavern).some(({ text }) => text.startsWith('LONG'));
    // Both ask for what is left to be taken away, and one of them comes too late.
    sandbox.expect({ code: 10008 });
    const steps = stepped();
    models.script({ text: `${'LONG one. '.repeat(260)}End.`, steps }, 'Two.');
    await ann.say(tavern, 'Tell me.');
    steps.next();
    const first = await ann.waitFor(tavern, ({ content }) => content.startsWith('LONG'));
    sandbox.faults.eventsFirst({ method: 'POST', path: /webhooks/ }, { ms: 400 });
    steps.rest();
    await vi.waitUntil(() => isOver() && parts().length > 1, { interval: 2, timeout: 5_000 });
    sandbox.controls.deleteMessages(tavern, [first.id]);
    await expect.poll(() => parts().length).toBe(0);
    await ann.say(tavern, 'Go on.');
    await settled('Two.');
    expect(asked(house, 1)).not.toContain('LONG');
    expect(parts()).toEqual([]);
  });

  test('a deleted message of a reply takes all of it away, though a branch went on with it', async () => {
    const { ann, tavern, begin, models, settled, sandbox, store } = await inTavern();
    await begin();
    models.script(`${'LONG one. '.repeat(260)}End.`, 'And more of it.');
    await ann.say(tavern, 'Tell me.');
    const parts = () =>
      sandbox.allMessages(tavern).filter(({ content }) => content.includes('LONG'));
    const last = await ann.waitFor(
      tavern,
      (message) => message.content.endsWith('End.') && 'Regenerate' in buttonsOf(message),
    );
    await ann.menu(tavern, 'Branch from here', last.id);
    const told = await ann.waitFor(tavern, ({ content }) => content.includes('begins in <#'));
    const thread = /<#(\d+)>/.exec(told.content)?.[1] ?? '';
    await ann.command(thread, 'continue');
    await settled('And more of it.', thread);
    sandbox.controls.deleteMessages(tavern, [parts()[0]?.id ?? '']);
    await expect.poll(() => parts().length).toBe(0);
    const left = (channel: string) =>
      store.transcript(store.chatIn(channel) ?? '', 10).map(({ text }) => text.slice(0, 8));
    expect(left(tavern)).not.toContain('LONG one');
    expect(left(thread).at(-1)).toBe('And more');
  });

  test('in direct messages are heard though nobody wrote there since the start', async () => {
    const { ann, begin, house, models, settled, store } = await inTavern();
    const direct = (await ann.openDirectMessage()).id;
    await begin(direct);
    models.script('One.', 'Two.');
    const first = await ann.say(direct, 'First.');
    await settled('**Wenna Tarrant**\nOne.', direct);
    const second = await ann.say(direct, 'Second.');
    await settled('**Wenna Tarrant**\nTwo.', direct);
    const chat = store.chatIn(direct) ?? '';
    const said = () => store.transcript(chat, 10).map(({ text }) => text);
    await house.restart();
    await ann.edit(first, 'First of all.');
    await expect.poll(said).toContain('First of all.');
    await house.restart();
    await ann.delete(second);
    await expect.poll(said).not.toContain('Second.');
  });

  test('a purge asks the owner, who keeps or removes; it outlives a restart', async () => {
    const { ann, bob, tavern, begin, models, settled, house, sandbox, store } = await inTavern();
    await begin();
    models.script('One.', 'Two.', 'Three.');
    const first = await ann.say(tavern, 'My SECRET.');
    await settled('One.');
    const second = await ann.say(tavern, 'My other SECRET.');
    await settled('Two.');
    const stray = await bob.say(tavern, '// aside');
    sandbox.controls.deleteMessages(tavern, [first.id, second.id, stray.id]);
    const question = await ann.waitFor(tavern, (message) => PURGE in buttonsOf(message));
    const removed = () =>
      store.load(`chat:${store.chatIn(tavern)}`).filter(({ type }) => type === 'TurnRemoved')
        .length;
    expect(removed()).toBe(0);
    await house.restart();
    await bob.click(question, buttonsOf(question)[PURGE] ?? '');
    await bob.waitFor(tavern, ({ content }) => content.includes('whose story it is'));
    expect(removed()).toBe(0);
    await ann.click(question, buttonsOf(question)[PURGE] ?? '');
    await ann.waitFor(tavern, ({ content }) => content.includes('deleted messages from the story'));
    expect(removed()).toBe(3);
    await ann.say(tavern, 'What do you know?');
    await settled('Three.');
    expect(asked(house, 2)).not.toContain('SECRET');
  });
});
