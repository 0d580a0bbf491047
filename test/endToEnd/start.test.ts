import { type APIMessage, MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { owedIn } from '../support/agreement.ts';
import { DESMOND, WENNA } from '../support/playhouse.ts';
import { asked, buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const isEphemeral = ({ flags }: { flags?: number }) => flags === MessageFlags.Ephemeral;

const isReplacing = (message: APIMessage) =>
  isEphemeral(message) && 'Keep playing' in buttonsOf(message);

describe('/start', () => {
  test('offers the shipped characters by name, and finds them by any word of their line', async () => {
    const { ann, tavern } = await inTavern();
    const all = await ann.autocomplete(tavern, 'start', 'character', { character: '' });
    expect(all.map((choice) => choice.value)).toEqual([
      'character:desmond-achterberg',
      'character:jory-salmin',
      'character:wenna-tarrant',
    ]);
    const found = await ann.autocomplete(tavern, 'start', 'character', {
      character: 'tug breakfast',
    });
    expect(found.map((choice) => choice.value)).toEqual(['character:jory-salmin']);
  });

  test('takes a name that was typed without picking', async () => {
    const { ann, tavern } = await inTavern();
    await ann.command(tavern, 'start', { character: 'jory salmin' });
    await pressBegin(ann, tavern);
    await ann.waitFor(tavern, ({ author }) => author.username === 'Jory Salmin');
  });

  test('with nobody of that name says so to the one who asked, and begins nothing', async () => {
    const { ann, tavern, store } = await inTavern();
    await ann.command(tavern, 'start', { character: 'Nobody At All' });
    const refusal = await ann.waitFor(tavern, isEphemeral);
    expect(refusal.content).toContain('no such character');
    expect(ann.messages(tavern).filter((message) => !isEphemeral(message))).toEqual([]);
    expect(store.chatIn(tavern)).toBeNull();
  });

  test('where a story is played asks first, and keeping it changes nothing', async () => {
    const { ann, tavern, begin, store } = await inTavern();
    await begin();
    const before = store.chatIn(tavern);
    await ann.command(tavern, 'start', DESMOND);
    const question = await ann.waitFor(tavern, isReplacing);
    expect(Object.keys(buttonsOf(question))).toEqual([
      'Keep playing',
      'Edit',
      'Put it away, begin with Desmond Achterberg',
    ]);
    await ann.click(question, buttonsOf(question)['Keep playing'] ?? '');
    await ann.waitFor(tavern, ({ content }) => content === 'Nothing was begun.');
    expect(store.chatIn(tavern)).toBe(before);
  });

  test('putting the old story away begins the new one, and nothing of the old is lost or known', async () => {
    const { ann, tavern, begin, house, models, settled, store } = await inTavern();
    await begin();
    models.script('Heard.', 'A pleasure.');
    await ann.say(tavern, 'CANARY in the first story.');
    await settled('Heard.');
    const old = store.chatIn(tavern);
    await ann.command(tavern, 'start', DESMOND);
    const question = await ann.waitFor(tavern, isReplacing);
    const anew = Object.entries(buttonsOf(question)).find(([label]) =>
      label.startsWith('Put it away'),
    );
    await ann.click(question, anew?.[1] ?? '');
    await ann.waitFor(
      tavern,
      ({ author, content }) => author.username === 'Desmond Achterberg' && content !== '',
    );
    await ann.say(tavern, 'Good evening.');
    await settled('A pleasure.');
    expect(asked(house, 1)).not.toContain('CANARY');
    expect(store.chatIn(tavern)).not.toBe(old);
    expect(store.load(`chat:${old}`).at(-1)?.type).toBe('ChatArchived');
    // The same button again, late, or by someone who has it still: the story there is another one.
    await ann.click(question, anew?.[1] ?? '').catch(() => {});
    expect(
      store.load(`chat:${store.chatIn(tavern)}`).some((event) => event.type === 'ChatArchived'),
    ).toBe(false);
  });

  test('by two people at once begins one story', async () => {
    const { ann, bob, tavern, sandbox, store } = await inTavern();
    await Promise.all([ann.command(tavern, 'start', WENNA), bob.command(tavern, 'start', DESMOND)]);
    await Promise.all([pressBegin(ann, tavern), pressBegin(bob, tavern)]);
    await ann.waitFor(
      tavern,
      ({ author, content }) => /Wenna|Desmond/.test(author.username) && content !== '',
    );
    const late = ({ content }: { content: string }) => content.includes('Someone has just begun');
    await Promise.race([ann.waitFor(tavern, late), bob.waitFor(tavern, late)]);
    await expect.poll(() => owedIn(store)).toEqual([]);
    const openings = sandbox.allMessages(tavern).filter((message) => message.embeds.length > 0);
    expect(openings).toHaveLength(1);
  });
});

describe('an unbound channel', () => {
  test('is left alone, unless the bot is mentioned', async () => {
    const { ann, tavern, sandbox, models } = await inTavern();
    await ann.say(tavern, 'Hello there.');
    await ann.say(tavern, `<@${sandbox.applicationId}> hello`);
    const offer = await ann.waitFor(tavern, ({ content }) =>
      content.includes('No story is being played here'),
    );
    expect(offer.content).toMatch(/<\/start:\d+>/);
    expect(sandbox.allMessages(tavern)).toHaveLength(3);
    expect(models.requests).toHaveLength(0);
  });
});

describe('/help', () => {
  test('lists every command, to the one who asked', async () => {
    const { ann, tavern } = await inTavern();
    await ann.command(tavern, 'help');
    const card = await ann.waitFor(tavern, isEphemeral);
    const text = card.embeds[0]?.description ?? '';
    for (const name of ['start', 'stop', 'help'])
      expect(text).toMatch(new RegExp(`</${name}:\\d+>`));
  });
});

describe('commands', () => {
  test('are registered once, and again only when they changed', async () => {
    const { house, sandbox } = await inTavern();
    const registrations = () =>
      sandbox.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
        .length;
    expect(registrations()).toBe(1);
    await house.restart();
    expect(registrations()).toBe(1);
    const deployed = async (name: string) =>
      (await house.bot.client.application?.commands.fetch())?.find((each) => each.name === name);
    await (await deployed('time'))?.edit({ description: 'As it was before' });
    await house.restart();
    expect(registrations()).toBe(2);
    await (await deployed('Rewind to here'))?.delete();
    await house.restart();
    expect(registrations()).toBe(3);
    expect(await deployed('Rewind to here')).toBeDefined();
    await house.restart();
    expect(registrations()).toBe(3);
  });
});
