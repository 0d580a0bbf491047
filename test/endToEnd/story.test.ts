import { MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { stepped } from '../support/modelServer.ts';
import { DESMOND } from '../support/playhouse.ts';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

describe('a story', () => {
  test('begins with its opening for all to read, and the character speaks first under its own name', async () => {
    const { ann, tavern, begin, sandbox } = await inTavern();
    const greeting = await begin();
    expect(greeting.author.username).toBe('Wenna Tarrant');
    expect(greeting.content.length).toBeGreaterThan(100);
    const opening = ann.messages(tavern).find((message) => message.embeds.length > 0);
    expect(opening?.embeds[0]?.author?.name).toBe('Wenna Tarrant');
    expect(opening?.flags ?? 0).not.toBe(MessageFlags.Ephemeral);
    const pictures = sandbox.requests.filter((request) => request.route.includes('emojis'));
    expect(pictures.map((request) => request.method)).toContain('POST');
  });

  test('a message is answered, streaming, with the text whole at the end and no button left', async () => {
    const { ann, tavern, begin, models, settled } = await inTavern();
    await begin();
    const steps = stepped();
    models.script({ text: '*looks up* You came back, and on a Thursday.', steps });
    await ann.say(tavern, '*waves* Hello again.');
    await models.request(0);
    steps.next(3);
    const streaming = await ann.waitFor(tavern, (message) =>
      message.content.startsWith('*looks up*'),
    );
    expect(streaming.components).toHaveLength(1);
    steps.rest();
    const whole = await settled('*looks up* You came back, and on a Thursday.');
    expect(whole.id).toBe(streaming.id);
  });

  test('the model is told the story and nothing that was said out of character', async () => {
    const { ann, tavern, begin, house, models, settled } = await inTavern();
    await begin();
    models.script('First.', 'Second.');
    await ann.say(tavern, 'My name is Ann. ((CANARY))');
    await settled('First.');
    await ann.say(tavern, 'And who are you?');
    await settled('Second.');
    const prompt = asked(house, 1);
    expect(prompt).toContain('My name is Ann.');
    expect(prompt).toContain('First.');
    expect(prompt).toContain('And who are you?');
    expect(prompt).not.toContain('CANARY');
  });

  test('a message out of character alone is not answered', async () => {
    const { ann, tavern, begin, models, settled } = await inTavern();
    await begin();
    await ann.say(tavern, '((back in five))');
    models.script('Welcome back.');
    await ann.say(tavern, 'I am back.');
    await settled('Welcome back.');
    expect(models.requests).toHaveLength(1);
  });

  test('a text of over 2,000 characters is shown whole, in as many messages as it needs', async () => {
    const { ann, tavern, begin, models } = await inTavern();
    await begin();
    const text = Array.from(
      { length: 60 },
      (_, at) => `Sentence ${at} of a long evening by the river, told slowly.`,
    ).join(' ');
    models.script(`${text} The end.`);
    await ann.say(tavern, 'Tell me everything.');
    await ann.waitFor(
      tavern,
      (message) => message.content.endsWith('The end.') && !buttonsOf(message).Stop,
    );
    const parts = ann
      .messages(tavern)
      .filter((message) => message.content.includes('of a long evening'));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.content.length <= 2_000 && !buttonsOf(part).Stop)).toBe(true);
    expect(parts.map((part) => part.content).join(' ')).toBe(`${text} The end.`);
  });

  test('nothing that it sends can ping anyone', async () => {
    const { ann, tavern, begin, models, sandbox, settled } = await inTavern();
    await begin();
    const text = `@everyone <@${ann.id}> @here look.`;
    models.script(text);
    await ann.say(tavern, '@everyone hello');
    await settled(text);
    expect(sandbox.pings).toEqual([]);
  });

  test('fifty messages sent while a reply streams are all stored once, in order, and answered together', async () => {
    const { ann, tavern, begin, house, models, settled, store } = await inTavern();
    await begin();
    const steps = stepped();
    models.script({ text: 'Let me think about that.', steps }, 'All of it, then.');
    await ann.say(tavern, 'Before.');
    await models.request(0);
    steps.next(2);
    for (let at = 0; at < 50; at += 1) await ann.say(tavern, `message ${at}.`);
    steps.rest();
    await settled('All of it, then.');
    expect(models.requests).toHaveLength(2);
    const chat = store.chatIn(tavern);
    const events = store.load(`chat:${chat}`);
    const spoken = events.flatMap((event) =>
      event.type === 'UserSpoke' ? [event.payload.text] : [],
    );
    expect(spoken).toEqual(['Before.', ...Array.from({ length: 50 }, (_, at) => `message ${at}.`)]);
    const answered = events.findLast((event) => event.type === 'ReplyStarted');
    expect(answered?.payload.answers).toHaveLength(50);
    const prompt = asked(house, 1);
    const places = [0, 20, 49].map((at) => prompt.indexOf(`message ${at}.`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
  });

  test('two channels with two characters stream at once and never mix', async () => {
    const { ann, tavern, begin, house, models, sandbox, settled } = await inTavern();
    const lighthouse = sandbox.channel('lighthouse');
    await begin();
    await begin(lighthouse, DESMOND);
    const first = stepped();
    const second = stepped();
    models.script({ text: 'I keep the bridge, RIVERWORD.', steps: first });
    await ann.say(tavern, 'In the tavern.');
    await models.request(0);
    models.script({ text: 'I keep the shelves, SHELFWORD.', steps: second });
    await ann.say(lighthouse, 'In the lighthouse.');
    await models.request(1);
    for (let at = 0; at < 3; at += 1) {
      first.next(1);
      second.next(1);
    }
    await ann.waitFor(
      tavern,
      (message) => message.content.startsWith('I keep') && message.components?.length === 1,
    );
    await ann.waitFor(
      lighthouse,
      (message) => message.content.startsWith('I keep') && message.components?.length === 1,
    );
    first.rest();
    second.rest();
    const one = await settled('I keep the bridge, RIVERWORD.');
    const two = await settled('I keep the shelves, SHELFWORD.', lighthouse);
    expect([one.author.username, two.author.username]).toEqual([
      'Wenna Tarrant',
      'Desmond Achterberg',
    ]);
    expect(asked(house, 0)).not.toContain('lighthouse');
    expect(asked(house, 1)).not.toContain('In the tavern');
  });

  test('goes on after a restart', async () => {
    const { ann, tavern, begin, house, models, settled } = await inTavern();
    await begin();
    models.script('Remember it well.', 'The heron.');
    await ann.say(tavern, 'The password is heron.');
    await settled('Remember it well.');
    await house.restart();
    await ann.say(tavern, 'What was the password?');
    await settled('The heron.');
    expect(asked(house, 1)).toContain('The password is heron.');
  });

  test('a Discord reply tells the model what it is about', async () => {
    const { ann, tavern, begin, house, models, settled } = await inTavern();
    const greeting = await begin();
    models.script('Quite.');
    await ann.say(tavern, 'Did you mean that?', { replyTo: greeting.id });
    await settled('Quite.');
    expect(asked(house, 0)).toContain("[about Wenna Tarrant's words");
  });
});

describe('stopping', () => {
  async function streaming() {
    const tavern = await inTavern();
    await tavern.begin();
    const steps = stepped();
    tavern.models.script({ text: 'One two three four five six seven eight nine ten.', steps });
    await tavern.ann.say(tavern.tavern, 'Count.');
    await tavern.models.request(0);
    steps.next(3);
    const message = await tavern.ann.waitFor(tavern.tavern, (each) =>
      each.content.startsWith('One two'),
    );
    return { ...tavern, steps, message };
  }
  const cut = (content: string) => /^One two/.test(content) && !content.includes('ten');

  test('by its button keeps what was said, as truncated', async () => {
    const { ann, tavern, message, store } = await streaming();
    const [row] = message.components ?? [];
    const button = row && 'components' in row ? row.components[0] : undefined;
    await ann.click(message, button && 'custom_id' in button ? button.custom_id : '');
    const ended = await ann.waitFor(tavern, (each) => cut(each.content) && !buttonsOf(each).Stop);
    const events = store.load(`chat:${store.chatIn(tavern)}`);
    const last = events.findLast(({ type }) => type === 'ReplyCompleted');
    expect(last).toMatchObject({
      payload: { text: ended.content, truncated: true, finish: 'stopped' },
    });
  });

  test('by /stop does the same', async () => {
    const { ann, tavern } = await streaming();
    await ann.command(tavern, 'stop');
    await ann.waitFor(tavern, (each) => cut(each.content) && !buttonsOf(each).Stop);
  });

  test('by deleting the message takes its words out of the story', async () => {
    const { ann, tavern, message, models, settled, house, sandbox } = await streaming();
    sandbox.expect({ code: 10008 });
    sandbox.controls.deleteMessages(tavern, [message.id]);
    const request = await models.request(0);
    await request.over;
    models.script('Starting over.');
    await ann.say(tavern, 'Start over.');
    await settled('Starting over.');
    expect(asked(house, 1)).not.toContain('One two');
    expect(asked(house, 1)).toContain('Count.');
  });

  test('when nobody speaks says so', async () => {
    const { ann, tavern, begin } = await inTavern();
    await begin();
    await ann.command(tavern, 'stop');
    const refusal = await ann.waitFor(tavern, ({ content }) => content.startsWith('Nobody is'));
    expect(refusal.content).toBe('Nobody is speaking right now.');
    expect(refusal.flags).toBe(MessageFlags.Ephemeral);
  });
});
