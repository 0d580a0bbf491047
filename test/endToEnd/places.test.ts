import { describe, expect, test } from 'vitest';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const notices = (messages: { content: string }[]) =>
  messages.filter(({ content }) => content.includes('Manage Webhooks'));

describe('where a character speaks', () => {
  test('in a thread, through the webhook of its channel, apart from the story outside', async () => {
    const { ann, tavern, begin, models, settled, store, sandbox } = await inTavern();
    await begin();
    const thread = (await ann.createThread(tavern, 'Under the bridge')).id;
    await begin(thread);
    models.script('In the thread.');
    await ann.say(thread, 'Who is there?');
    const reply = await settled('In the thread.', thread);
    expect(reply.author.username).toBe('Wenna Tarrant');
    expect(store.chatIn(thread)).not.toBe(store.chatIn(tavern));
    expect(sandbox.allMessages(tavern).some(({ content }) => content === 'In the thread.')).toBe(
      false,
    );
    const webhooks = sandbox.requests.filter(
      ({ route, method }) => method === 'POST' && route === 'POST /channels/:channel/webhooks',
    );
    expect(webhooks).toHaveLength(1);
  });

  test('in a thread that people, or time, archived: words, commands and moves open it again', async () => {
    const { ann, tavern, begin, models, settled, store, sandbox } = await inTavern();
    const thread = (await ann.createThread(tavern, 'Under the bridge')).id;
    await begin(thread);
    const archived = async () => {
      await ann.changeThread(thread, { archived: true });
    };
    models.script('One.', 'Two.', 'Three.');
    await ann.say(thread, 'First.');
    await settled('One.', thread);
    await archived();
    await ann.say(thread, 'Second.');
    const second = await settled('Two.', thread);
    await archived();
    await ann.command(thread, 'rewind', { to: '1' });
    const card = await ann.waitFor(thread, (message) => 'Rewind' in buttonsOf(message));
    await archived();
    await ann.click(card, buttonsOf(card).Rewind ?? '');
    await ann.waitFor(thread, (message) => 'Undo' in buttonsOf(message));
    sandbox.controls.setThread(thread, { archived: true });
    await ann.command(thread, 'rewind', { undo: true });
    await ann.waitFor(thread, ({ content }) => content.includes('back'));
    await archived();
    await ann.menu(thread, 'Rewind to here', second.id).catch(() => undefined);
    await ann.say(thread, 'Third.');
    await settled('Three.', thread);
    const texts = store.transcript(store.chatIn(thread) ?? '', 9).map(({ text }) => text);
    expect(texts.slice(-6)).toEqual(['First.', 'One.', 'Second.', 'Two.', 'Third.', 'Three.']);
  });

  test('in direct messages, as the bot, with the name in bold', async () => {
    const { ann, begin, models } = await inTavern();
    const direct = (await ann.openDirectMessage()).id;
    // There is nobody else to write to, so a way to begin is offered unasked.
    await ann.say(direct, 'Is anyone there?');
    await ann.waitFor(direct, ({ content }) => content.startsWith('No story is being played here'));
    await begin(direct);
    models.script('Just the two of us.');
    await ann.say(direct, 'Hello?');
    const reply = await ann.waitFor(
      direct,
      (message) => message.content.endsWith('Just the two of us.') && !buttonsOf(message).Stop,
    );
    expect(reply.content).toBe('**Wenna Tarrant**\nJust the two of us.');
    expect(notices(ann.messages(direct))).toEqual([]);
  });

  test('without the permission for webhooks, as the bot, and the permission is named once', async () => {
    const { ann, tavern, begin, house, models, sandbox } = await inTavern();
    sandbox.controls.deny(tavern, ['ManageWebhooks']);
    await begin();
    models.script('One.', 'Two.');
    for (const word of ['One.', 'Two.']) {
      await ann.say(tavern, `Say ${word}`);
      await ann.waitFor(
        tavern,
        (message) => message.content === `**Wenna Tarrant**\n${word}` && !buttonsOf(message).Stop,
      );
    }
    await house.restart();
    models.script('Three.');
    await ann.say(tavern, 'Say three.');
    await ann.waitFor(tavern, ({ content }) => content === '**Wenna Tarrant**\nThree.');
    expect(notices(ann.messages(tavern))).toHaveLength(1);
  });

  test('a channel that is deleted puts its story away', async () => {
    const { ann, begin, sandbox, store } = await inTavern();
    const channel = (await ann.createChannel(sandbox.guild, 'cellar')).id;
    await begin(channel);
    const chat = store.chatIn(channel);
    sandbox.controls.deleteChannel(channel);
    await expect.poll(() => store.chatIn(channel)).toBeNull();
    expect(store.load(`chat:${chat}`).at(-1)?.type).toBe('ChatArchived');
  });

  test('two guilds have their own copies of the characters', async () => {
    const { ann, begin, store, sandbox } = await inTavern();
    await begin();
    const other = sandbox.controls.createGuild('Elsewhere', [{ name: 'hall' }]);
    const hall = ann
      .view()
      .guilds.find(({ guild }) => guild.id === other)
      ?.channels.find(({ name }) => name === 'hall');
    await ann.command(hall?.id ?? '', 'start', WENNA);
    await pressBegin(ann, hall?.id ?? '');
    await ann.waitFor(hall?.id ?? '', ({ author }) => author.username === 'Wenna Tarrant');
    for (const home of [sandbox.guild, other]) {
      expect(
        store.load(`home:${home}`).filter((event) => event.type === 'CharacterAuthored'),
      ).toHaveLength(3);
    }
  });
});
