import { expect, test } from 'vitest';
import { asked, inTavern } from '../support/tavern.ts';

const DESMOND = 'character:desmond-achterberg';
const WENNA = 'character:wenna-tarrant';

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
  expect(bot.troupe.nextPrompt(chat, WENNA).receipt.tokens).toBeGreaterThan(receipt?.tokens ?? 0);

  await bot.troupe.world.presence(chat, DESMOND, 'goes', { command: 'test-goes', by });
  await bot.troupe.world.presence(chat, WENNA, 'sleeps', { command: 'test-sleeps', by });
  const before = models.requests.length;
  await ann.say(tavern, 'Anyone?');
  await ann.waitFor(tavern, ({ content }) => content.startsWith('Nobody is near enough'));
  await ann.say(tavern, 'Hello?');
  await ann.say(tavern, 'Well then.');
  expect(models.requests).toHaveLength(before);
});
