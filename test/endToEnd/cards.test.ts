import { readFileSync } from 'node:fs';
import { type APIMessage, MessageFlags } from 'discord.js';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readChunks, textChunk, textOf, writeChunks } from '../../src/cards/png.ts';
import type { Actor, GivenFile } from '../../src/sandbox/index.ts';
import { WREN } from '../cards/cards.ts';
import { buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const portrait = readFileSync(
  new URL('../../config/characters/wenna-tarrant.png', import.meta.url),
);
const bytesOf = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
const file = (name: string, bytes: Uint8Array): GivenFile => ({
  name,
  type: 'application/octet-stream',
  base64: Buffer.from(bytes).toString('base64'),
});

const { character_book: _book, ...plain } = WREN.data;
const V1 = {
  name: 'Tam',
  description: 'Keeps bees.',
  personality: 'mild',
  scenario: '',
  first_mes: 'Mind the hive.',
  mes_example: '',
  somebody: { else: ['s', 1, null] },
};
const V2 = {
  spec: 'chara_card_v2',
  spec_version: '2.0',
  data: { ...plain, name: 'Old Wren', extensions: { 'a/b': { c: [1] } }, character_book: null },
  note: 'kept',
};
/** A picture with the card in both of its places, and other text beside it. */
const inPicture = (json: unknown): Uint8Array => {
  const coded = Buffer.from(JSON.stringify(json)).toString('base64');
  const [head, ...rest] = readChunks(portrait);
  if (head === undefined) throw new Error('an empty picture');
  const texts = [textChunk('Comment', 'by hand'), textChunk('ccv3', coded)];
  return writeChunks([head, ...texts, ...rest]);
};

const shown = ({ embeds, content }: APIMessage): string => `${content} ${JSON.stringify(embeds)}`;
const hidden = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const card = (who: Actor, channel: string, text: string) =>
  who.waitFor(channel, (each) => hidden(each) && shown(each).includes(text));

async function exported(who: Actor, channel: string, options: Record<string, string>) {
  const from = who.messages(channel).length;
  await who.command(channel, 'character export', options);
  const message = await who.until(() =>
    who
      .messages(channel)
      .slice(from)
      .find(({ attachments }) => attachments.length > 0),
  );
  const answer = await fetch(message.attachments[0]?.url ?? '');
  return new Uint8Array(await answer.arrayBuffer());
}

test('a card goes in after a look at it, and comes out as it went in', async () => {
  const { house, bob, tavern, store } = await inTavern();
  const own = () =>
    store.load(`home:${house.sandbox.guild}`).filter(({ actor }) => actor !== 'troupe');
  const take = async (name: string, bytes: Uint8Array) => {
    await bob.command(tavern, 'character import', { file: file('card', bytes) });
    return card(bob, tavern, `Add ${name}?`);
  };
  const press = (message: APIMessage, label: string) =>
    bob.click(message, buttonsOf(message)[label] ?? '');

  const preview = shown(await take('Wren Halloway', inPicture(WREN)));
  for (const part of ['PNG, version 3', '2 entries', '"ann"', 'extensions', 'portrait.png']) {
    expect(preview, part).toContain(part);
  }
  expect(own()).toEqual([]);
  await press(await card(bob, tavern, 'Add Wren'), 'Edit');
  await press(await card(bob, tavern, 'Press Done'), 'Done');
  await card(bob, tavern, 'Wren Halloway** is ready');
  const options = { character: 'Wren Halloway' };
  const png = await exported(bob, tavern, options);
  const comment = readChunks(png)
    .map(textOf)
    .find((each) => each?.keyword === 'Comment');
  expect(Buffer.from(comment?.text ?? []).toString()).toBe('by hand');
  const asJson = await exported(bob, tavern, { ...options, form: 'json' });
  expect(JSON.parse(new TextDecoder().decode(asJson))).toEqual(WREN);
  const again = shown(
    await take('Wren Halloway', await exported(bob, tavern, { ...options, form: 'charx' })),
  );
  expect(again).toContain('CHARX, version 3');

  for (const [json, name] of [
    [V1, 'Tam'],
    [V2, 'Old Wren'],
  ] as const) {
    await press(await take(name, bytesOf(json)), 'Add');
    await card(bob, tavern, `${name}** is ready`);
    const out = await exported(bob, tavern, { character: name, form: 'json' });
    expect(JSON.parse(new TextDecoder().decode(out))).toEqual(json);
  }

  // In their own direct messages, nothing of this server is known.
  const direct = (await bob.openDirectMessage()).id;
  const there = await bob.autocomplete(direct, 'character show', 'character', {});
  expect(there.map(({ name }) => name).join()).not.toMatch(/Wren|Tam/);
  const wren = own().find(({ type }) => type === 'CharacterAuthored')?.payload as {
    character: string;
  };
  await bob.command(direct, 'character show', { character: wren.character });
  await card(bob, direct, 'no such character');
});

test('a card is playable at once, under its own picture, with its greetings and its book; a story keeps its version until told', async () => {
  const { house, ann, bob, tavern, settled, models } = await inTavern();
  const press = async (who: Actor, message: APIMessage, label: string) =>
    who.click(message, buttonsOf(message)[label] ?? '');
  await ann.command(tavern, 'character import', { file: file('wren.png', inPicture(WREN)) });
  await press(ann, await card(ann, tavern, 'Add Wren'), 'Add');
  await card(ann, tavern, 'is ready');
  await ann.command(tavern, 'start', { character: 'Wren Halloway' });
  await pressBegin(ann, tavern);
  const greeting = await ann.waitFor(tavern, ({ author }) => author.username === 'Wren Halloway');
  expect(greeting.content).toBe('*does not look up* One moment, Ada.');
  expect(greeting.author.avatar).not.toBeNull();
  await press(ann, await ann.waitFor(tavern, (each) => '▶' in buttonsOf(each)), '▶');
  await ann.waitFor(tavern, ({ content }) => content === 'You again.');
  models.script('Nine years.');
  await ann.say(tavern, 'What of the tower and the key?');
  await settled('Nine years.');
  const prompts = () => JSON.stringify(house.models.requests.map(({ body }) => body.messages));
  for (const known of ['stood still for nine years', 'in the blue vase', 'Keep it short.']) {
    expect(prompts(), known).toContain(known);
  }
  expect(prompts()).not.toMatch(/\{\{|@@known_by/);

  await ann.command(tavern, 'character edit', { character: 'Wren Halloway' });
  const draft = await card(ann, tavern, 'Press Done');
  const form = await press(ann, draft, 'Basics');
  if (form.kind !== 'modal') throw new Error('no form');
  await ann.submit(form.modal, { persona: 'Wren winds {{user}} up.' });
  await press(ann, await card(ann, tavern, 'winds Ada up'), 'Done');
  const rewritten = await card(ann, tavern, 'keep the old version');
  models.script('Still here.');
  await ann.say(tavern, 'And you?');
  await settled('Still here.');
  expect(prompts()).not.toContain('Wren winds');
  await press(ann, rewritten, 'Use in this story');
  const line = await bob.waitFor(tavern, ({ content }) => content.includes('newest version'));
  expect(line.content).toContain(`<@${ann.id}>`);
  models.script('Wound up.');
  await ann.say(tavern, 'And now?');
  await settled('Wound up.');
  expect(prompts()).toContain('Wren winds Ada up.');
});

test('a bomb, nonsense and a file that is too deep are refused in plain words, and nothing is kept', async () => {
  const { house, bob, tavern, store } = await inTavern();
  const bomb = zipSync({ 'card.json': new Uint8Array(3_000_000) }, { level: 9 });
  const deep = new TextEncoder().encode(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
  for (const [bytes, why] of [
    [bomb, 'too large'],
    [new TextEncoder().encode('<script>alert(1)</script>'), 'damaged'],
    [deep, 'nested too deeply'],
    [portrait, 'no card in this picture'],
  ] as const) {
    await bob.command(tavern, 'character import', { file: file('card.png', bytes) });
    await card(bob, tavern, why);
  }
  await bob.command(tavern, 'character create', { picture: file('x.png', bytesOf(V1)) });
  await card(bob, tavern, 'This picture cannot be used');
  const events = store.load(`home:${house.sandbox.guild}`);
  expect(events.filter(({ actor }) => actor !== 'troupe')).toEqual([]);
});
