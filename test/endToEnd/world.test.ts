import { expect, test } from 'vitest';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

const WENNA = 'character:wenna-tarrant';

test('an edit of the world is taken back with its button, until the story moves on', async () => {
  const { ann, tavern, begin, models, house, settled } = await inTavern();
  await begin();
  const change = async (is: string) => {
    await ann.command(tavern, 'scene weather', { is });
    return ann.waitFor(tavern, ({ content }) => content.includes(is) && !content.includes('~~'));
  };
  const fog = await change('Fog like wool');
  await ann.click(fog, buttonsOf(fog).Undo ?? '');
  await ann.waitFor(tavern, ({ content }) => content.includes('takes that back'));
  const sleet = await change('Sleet from the west');
  models.script('Cold.');
  await ann.say(tavern, 'How is it outside?');
  await settled('Cold.');
  expect(asked(house, 0)).toContain('Sleet from the west');
  expect(asked(house, 0)).not.toContain('Fog like wool');
  await ann.click(sleet, buttonsOf(sleet).Undo ?? '');
  await ann.waitFor(tavern, ({ content }) => content.includes('moved on'));
});

test('a memory is read by those who witnessed it and by the owner, and by nobody else', async () => {
  const { ann, bob, tavern, begin, store } = await inTavern();
  await begin();
  for (let n = 1; n <= 9; n += 1) {
    await ann.command(tavern, 'memory add', { text: `CANARY number ${n}`, significance: 1 });
    await ann.waitFor(tavern, ({ content }) => content.includes('changes what'));
    const count = () => store.memories(store.chatIn(tavern) ?? '', WENNA, everything).length;
    await expect.poll(count).toBe(n);
  }
  await ann.command(tavern, 'memory list');
  const list = await ann.waitFor(tavern, ({ embeds }) => title(embeds).includes('remembers'));
  expect(list.embeds[0]?.description).toContain('CANARY number 9');
  expect(list.embeds[0]?.description).not.toContain('CANARY number 1');
  await ann.click(list, buttonsOf(list)['▶'] ?? '');
  await ann.waitFor(tavern, ({ embeds }) => text(embeds).includes('CANARY number 1'));

  await bob.command(tavern, 'memory list');
  const nothing = await bob.waitFor(tavern, ({ embeds }) => title(embeds).includes('remembers'));
  expect(text(nothing.embeds)).toContain('Nothing that you witnessed');
  const choices = await bob.autocomplete(tavern, 'memory pin', 'memory', { memory: 'CANARY' });
  expect(choices).toEqual([]);
});

const everything = { words: null, after: -1, limit: 100 };
type Embeds = readonly { title?: string; description?: string }[];
const title = (embeds: Embeds): string => embeds[0]?.title ?? '';
const text = (embeds: Embeds): string => embeds[0]?.description ?? '';
