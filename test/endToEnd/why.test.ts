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
  const [room, ...parts] = [card.embeds[0]?.description, ...(card.embeds[0]?.fields ?? [])];
  expect(room).toMatch(/read [\d,]+ tokens before this reply, of 6,000/);
  expect(parts.map((part) => typeof part === 'object' && part.name)).toEqual([
    'What that is made of',
    'What did not fit',
  ]);
  expect(JSON.stringify(parts)).toContain('▰ **Who the character is** ');
  await ann.menu(tavern, 'Why this reply?', said.id);
  await ann.waitFor(tavern, ({ content }) => content.includes('Only what a character said'));
});
