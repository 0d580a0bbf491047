import { MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { inTavern } from '../support/tavern.ts';

test('Why this reply? shows what it was written from, and refuses what no character said', async () => {
  const { ann, tavern, begin, models, settled } = await inTavern();
  await begin();
  models.script('One.');
  const said = await ann.say(tavern, 'First.');
  const reply = await settled('One.');
  await ann.menu(tavern, 'Why this reply?', reply.id);
  const card = await ann.waitFor(tavern, ({ embeds }) => embeds[0]?.title === 'Why this reply');
  expect(card.flags).toBe(MessageFlags.Ephemeral);
  expect(card.embeds[0]?.description).toContain('▰');
  expect(card.embeds[0]?.description).toContain('**character**');
  await ann.menu(tavern, 'Why this reply?', said.id);
  await ann.waitFor(tavern, ({ content }) => content.includes('Only what a character said'));
});
