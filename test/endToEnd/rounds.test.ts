import { expect, test } from 'vitest';
import { stepped } from '../support/modelServer.ts';
import { asked, inTavern } from '../support/tavern.ts';

const DESMOND = 'character:desmond-achterberg';
const WENNA = 'character:wenna-tarrant';

test('a round that a restart cuts off is finished after it, and nobody speaks twice', async () => {
  const tavern = await inTavern();
  const { ann, begin, house, models, settled, store, tavern: here } = tavern;
  await begin();
  const chat = store.chatIn(here) ?? '';
  const by = { person: `user:${ann.id}`, managesChannels: true, managesServer: true, roles: [] };
  const comes = { command: 'test-comes', by };
  await house.bot.troupe.world.presence(chat, DESMOND, 'comes', comes);
  const held = stepped();
  models.script('I am Desmond.', { text: 'Never heard.', steps: held });
  await ann.say(here, 'Desmond, Wenna, who are you?');
  await settled('I am Desmond.');
  await models.request(1);
  models.script('And I am Wenna.');
  await house.restart();
  await settled('And I am Wenna.');
  const spoken = house.bot.troupe.world
    .storyOf(chat)
    .turns.flatMap((turn) => (turn.kind === 'reply' && turn.text !== '' ? [turn.text] : []));
  expect(spoken.slice(1)).toEqual(['I am Desmond.', 'And I am Wenna.']);
  expect(ann.messages(here).filter(({ content }) => content === 'I am Desmond.')).toHaveLength(1);
  expect(models.requests).toHaveLength(3);
  expect(asked(house, 2)).toContain('I am Desmond.');
});

test('several characters answer one message in turn, and who speaks to nobody is told so once', async () => {
  const { ann, begin, bot, house, models, settled, store, tavern } = await inTavern();
  await begin();
  const chat = store.chatIn(tavern) ?? '';
  const person = Object.keys(house.sandbox.people)[0] ?? '';
  const by = { person: `user:${person}`, managesChannels: true, managesServer: true, roles: [] };
  await bot.troupe.world.presence(chat, DESMOND, 'comes', { command: 'test-comes', by });
  models.script('I am Desmond.', 'And I am Wenna.');
  await ann.say(tavern, 'Desmond, Wenna, who are you?');
  await settled('I am Desmond.');
  await settled('And I am Wenna.');
  const { turns } = bot.troupe.world.storyOf(chat);
  const receipt = bot.troupe.receiptOf(turns.at(-1)?.node ?? '');
  expect(receipt?.sections.map(({ name }) => name)).toContain('story');
  expect(asked(house, models.requests.length - 1)).toContain('I am Desmond.');
  const next = await bot.troupe.nextPrompt(chat, WENNA);
  expect(next.receipt.tokens).toBeGreaterThan(receipt?.tokens ?? 0);

  await bot.troupe.world.presence(chat, DESMOND, 'goes', { command: 'test-goes', by });
  await bot.troupe.world.presence(chat, WENNA, 'sleeps', { command: 'test-sleeps', by });
  const before = models.requests.length;
  await ann.say(tavern, 'Anyone?');
  await ann.waitFor(tavern, ({ content }) => content.startsWith('Nobody is near enough'));
  await ann.say(tavern, 'Hello?');
  await ann.say(tavern, 'Well then.');
  expect(models.requests).toHaveLength(before);
});
