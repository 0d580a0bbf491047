import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { Actor, ActResult, GivenFile } from '../../src/sandbox/index.ts';
import { asked, buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const shown = ({ embeds, content }: APIMessage): string => `${content} ${JSON.stringify(embeds)}`;
const hidden = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const modalOf = (result: ActResult): string => {
  if (result.kind !== 'modal') throw new Error(`no form came, but ${JSON.stringify(result)}`);
  return result.modal;
};
const card = (who: Actor, channel: string, text: string) =>
  who.waitFor(channel, (each) => hidden(each) && shown(each).includes(text));

const press = (who: Actor, message: APIMessage, label: string) =>
  who.click(message, buttonsOf(message)[label] ?? '');

const TAM = {
  name: 'Tam',
  description: 'Keeps bees.',
  personality: '',
  scenario: '',
  first_mes: 'Mind the hive.',
  mes_example: '',
  somebody: { else: 1 },
};

const world = {
  name: 'The river',
  token_budget: 400,
  entries: Array.from({ length: 10 }, (_, index) => ({
    keys: [`bend${index}`],
    content: index === 0 ? '@@known_by Wenna Tarrant\nThe bridge hums.' : `Bend ${index} is deep.`,
    enabled: true,
    insertion_order: index,
    ...(index === 9 ? { use_regex: true } : {}),
  })),
};
const file: GivenFile = {
  name: 'river.json',
  type: 'application/json',
  base64: Buffer.from(JSON.stringify(world)).toString('base64'),
};

test('lore is written, used in a story, told when the talk comes to it, and taken away', async () => {
  const { house, ann, bob, tavern, store, settled, models } = await inTavern();
  const other = house.sandbox.as(Object.keys(house.sandbox.people)[2] ?? '');
  const pick = async (sub: string, option: 'book' | 'entry', typed = '') =>
    String(
      (await bob.autocomplete(tavern, `lore ${sub}`, option, { [option]: typed }))[0]?.value ?? '',
    );

  await bob.command(tavern, 'lore show');
  await card(bob, tavern, 'no lore here yet');
  const form = await bob.command(tavern, 'lore add', { chance: 100, order: 3 });
  await bob.submit(modalOf(form), { name: 'Ferry', keys: 'ferry, boat', content: 'It sank.' });
  await card(bob, tavern, '**Ferry** is in **Lore**');
  const entry = await pick('edit', 'entry', 'ferry');
  const again = await bob.command(tavern, 'lore edit', { entry, always: true, depth: 2 });
  if (again.kind !== 'modal') throw new Error('no form');
  expect(JSON.stringify(again.data)).toContain('ferry, boat');
  await bob.submit(again.modal, { content: 'It sank in spring.' });
  await bob.command(tavern, 'lore show', { book: 'lore' });
  expect(shown(await card(bob, tavern, 'sank in spring'))).toContain('always');
  const empty = await bob.command(tavern, 'lore add', { book: 'lore' });
  await bob.submit(modalOf(empty), { keys: 'x'.repeat(300), content: 'Too long a word.' });
  await card(bob, tavern, 'Comes up with is missing or too long');

  await bob.command(tavern, 'lore import', { file, name: 'River' });
  await card(bob, tavern, '**River** is here, with 10 entries. 1 thing was not understood');
  const broken = { ...file, base64: Buffer.from('{"a":1}').toString('base64') };
  await bob.command(tavern, 'lore import', { file: broken });
  await card(bob, tavern, 'no lorebook');
  await bob.command(tavern, 'lore export', { book: 'River' });
  const out = await card(bob, tavern, '**River**, for any program');
  const written = await (await fetch(out.attachments[0]?.url ?? '')).json();
  expect(written).toMatchObject({ spec: 'lorebook_v3', data: { token_budget: 400 } });

  // Others know that a book is there, and nothing of what it says.
  const book = await pick('show', 'book', 'river');
  await other.command(tavern, 'lore show', { book });
  expect(shown(await card(other, tavern, 'River'))).not.toContain('Bend');
  expect(await other.autocomplete(tavern, 'lore edit', 'entry', {})).toEqual([]);
  for (const [sub, options] of [
    ['add', { book }],
    ['edit', { entry }],
    ['export', { book }],
    ['remove', { book }],
    ['remove', { entry }],
  ] as const) {
    const before = other.messages(tavern).length;
    await other.command(tavern, `lore ${sub}`, options);
    const refusal = await other.until(() =>
      other
        .messages(tavern)
        .slice(before)
        .find(({ content }) => content !== ''),
    );
    expect(refusal.content, sub).toContain(`Only <@${bob.id}>, who wrote this lorebook`);
  }
  // In direct messages, nothing of this server is there.
  const direct = (await bob.openDirectMessage()).id;
  expect(await bob.autocomplete(direct, 'lore show', 'book', {})).toEqual([]);
  await bob.command(direct, 'lore export', { book });
  await card(bob, direct, 'no such lorebook');

  // The story's owner has it draw on the book, and everyone there reads that.
  await ann.command(tavern, 'start', { character: 'character:wenna-tarrant' });
  await pressBegin(ann, tavern);
  await ann.waitFor(tavern, ({ author }) => author.username === 'Wenna Tarrant');
  await bob.command(tavern, 'lore use', { book });
  await card(bob, tavern, 'Only');
  await ann.command(tavern, 'lore use', { book });
  await press(ann, await card(ann, tavern, 'River'), 'Use in this story');
  await bob.waitFor(tavern, ({ content }) => content.includes('draw on **River**'));
  await press(ann, await card(ann, tavern, 'used in this story'), '▶');
  await card(ann, tavern, 'Page 2 of 2');
  models.script('It does.');
  await ann.say(tavern, 'What of bend0 and bend4?');
  await settled('It does.');
  const prompt = asked(house, house.models.requests.length - 1);
  for (const told of ['The bridge hums.', 'Bend 4 is deep.']) {
    expect(house.models.requests.map((_, at) => asked(house, at)).join()).toContain(told);
  }
  expect(prompt).not.toContain('Bend 5 is deep.');
  await press(ann, await card(ann, tavern, 'Page 2 of 2'), 'Leave out of this story');
  await bob.waitFor(tavern, ({ content }) => content.includes('leave **River** out'));

  // A character knows it in every story, and its card holds it.
  const file2 = { ...file, base64: Buffer.from(JSON.stringify(TAM)).toString('base64') };
  await bob.command(tavern, 'character import', { file: file2 });
  await press(bob, await card(bob, tavern, 'Add Tam'), 'Add');
  await card(bob, tavern, 'Tam** is ready');
  expect(await bob.autocomplete(tavern, 'lore use', 'character', {})).toHaveLength(1);
  await bob.command(tavern, 'lore use', { book, character: 'Tam' });
  await card(bob, tavern, '**Tam** knows **River**');
  await bob.command(tavern, 'character export', { character: 'Tam', form: 'json' });
  const exported = await card(bob, tavern, '**Tam**, as a card');
  const json = await (await fetch(exported.attachments[0]?.url ?? '')).json();
  expect(json.character_book.entries).toHaveLength(10);
  expect(json.somebody).toEqual(TAM.somebody);

  await bob.command(tavern, 'lore remove', { entry });
  await card(bob, tavern, '**Ferry** is out of **Lore**');
  await bob.command(tavern, 'lore remove', { book });
  await press(bob, await card(bob, tavern, 'Take **River** away'), 'Take it away');
  await card(bob, tavern, '**River** is gone');
  const kinds = store
    .load(`home:${house.sandbox.guild}`)
    .filter(({ actor }) => actor !== 'troupe')
    .map(({ type }) => type);
  expect(kinds).toEqual([
    'LorebookAuthored',
    'LoreWritten',
    'LoreWritten',
    'LorebookAuthored',
    'CharacterAuthored',
    'CharacterRevised',
    'LoreRemoved',
    'LorebookRetired',
  ]);
});
