import { readFileSync } from 'node:fs';
import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { Actor, ActResult, GivenFile } from '../../src/sandbox/index.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const portrait = readFileSync(new URL('../../config/characters/jory-salmin.png', import.meta.url));
const picture: GivenFile = {
  name: 'face.png',
  type: 'image/png',
  base64: portrait.toString('base64'),
};

const shown = ({ embeds, content }: APIMessage): string => `${content} ${JSON.stringify(embeds)}`;
const hidden = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const modalOf = (result: ActResult): string => {
  if (result.kind !== 'modal') throw new Error(`no form came, but ${JSON.stringify(result)}`);
  return result.modal;
};

/** Someone at the cards that only they see. */
function atCards(who: Actor, channel: string) {
  const card = (text: string) =>
    who.waitFor(channel, (each) => hidden(each) && shown(each).includes(text));
  const press = async (message: APIMessage, label: string) => {
    const id = buttonsOf(message)[label];
    if (id === undefined) throw new Error(`no button ${label}: ${Object.keys(buttonsOf(message))}`);
    return await who.click(message, id);
  };
  const fill = async (
    message: APIMessage,
    part: string,
    values: Record<string, string>,
    files?: Record<string, GivenFile[]>,
  ) => who.submit(modalOf(await press(message, part)), values, files);
  return { card, press, fill };
}

test('a character is written part by part, played, rewritten by its author alone, and retired', async () => {
  const { house, ann: owner, bob: ann, tavern, store } = await inTavern();
  const bob = house.sandbox.as(Object.keys(house.sandbox.people)[2] ?? '');
  const mine = atCards(ann, tavern);
  const theirs = atCards(bob, tavern);

  await ann.command(tavern, 'character create');
  let draft = await mine.card('Still missing');
  expect(shown(draft)).toContain('Still missing: name, who they are.');
  // What does not fit is given back, and the rest is kept.
  await mine.fill(draft, 'Basics', { name: 'Discordia', persona: 'Sells maps.', pronouns: 'they' });
  const sorry = await mine.card('This name cannot be used');
  expect(sorry.attachments).toHaveLength(1);
  draft = await mine.card('Still missing: name.');
  expect(shown(draft)).toContain('Sells maps.');
  await mine.fill(draft, 'Basics', { name: 'Ossip', summary: 'Maps of places that are gone' });
  draft = await mine.card('Press Done');
  await mine.fill(draft, 'Opening', {
    kickoff: 'A stall in the rain.',
    place: 'The covered market',
    time: 'Noon',
    greeting: 'Lost, {{user}}?',
    alternateGreetings: 'Found, then.\n---\n*folds a map*',
  });
  draft = await mine.card('3 openings');
  await mine.fill(draft, 'Voice', { traits: 'sly, kind', voice: 'North is a rumour.' });
  draft = await mine.card('2 traits, 1 line of speech');
  await mine.fill(draft, 'Ways of writing', { frame: 'Keep it short.', markdown: 'yes' });
  draft = await mine.card('their own');
  await mine.fill(draft, 'Picture', {}, { picture: [picture] });
  draft = await mine.card('portrait.png');
  await mine.press(draft, 'Mark for adults');
  await mine.press(await mine.card('only in age-restricted'), 'Unmark for adults');
  expect(
    store.load(`home:${house.sandbox.guild}`).filter(({ actor }) => actor !== 'troupe'),
  ).toEqual([]);
  await mine.press(await mine.card('Press Done'), 'Done');
  const card = await mine.card('is ready');
  expect(shown(card)).toContain(`<@${ann.id}>`);
  const [choice] = await ann.autocomplete(tavern, 'character edit', 'character', {
    character: 'ossip',
  });
  const character = String(choice?.value);

  // Everyone may look at it; only its author, and whoever manages the server, may change it.
  await bob.command(tavern, 'character show', { character: 'ossip' });
  const seen = await theirs.card('Maps of places');
  expect(buttonsOf(seen)).toEqual({});
  expect(await bob.autocomplete(tavern, 'character edit', 'character', {})).toEqual([]);
  for (const name of ['character edit', 'character export', 'character retire']) {
    const before = bob.messages(tavern).length;
    await bob.command(tavern, name, { character });
    await bob.until(() => (bob.messages(tavern).length > before ? true : undefined));
    await theirs.card(`Only <@${ann.id}>, who wrote Ossip`);
  }
  await owner.command(tavern, 'character show', { character });
  const theirView = await atCards(owner, tavern).card('Maps of places');
  await atCards(owner, tavern).press(theirView, 'Edit');
  await atCards(owner, tavern).press(await atCards(owner, tavern).card('Press Done'), 'Done');

  await ann.command(tavern, 'character list');
  const list = shown(await mine.card('Characters'));
  expect(list.indexOf('Ossip')).toBeLessThan(list.indexOf('Wenna'));

  const { casting } = house.bot.troupe;
  const standing = { managesChannels: false, managesServer: false, roles: [] };
  const by = { ...standing, person: `user:${bob.id}` };
  for (const [at, name] of [...'abcdefgh'].entries()) {
    casting.open(`d${at}`, house.sandbox.guild, null, by);
    casting.fill(`d${at}`, by.person, { name: `Extra ${name}`, persona: 'Stands about.' });
    casting.confirm(`d${at}`, { by, command: `c${at}` });
  }
  await ann.command(tavern, 'character list');
  await mine.press(await mine.card('Page 1 of 2'), '▶');
  expect(shown(await mine.card('Page 2 of 2'))).toContain('Wenna');

  const gone = (text: string) =>
    ann.until(() =>
      ann.messages(tavern).some((each) => shown(each).includes(text)) ? undefined : true,
    );
  await ann.command(tavern, 'character retire', { character });
  await mine.press(await mine.card('Retire **Ossip**'), 'Leave it');
  await gone('Retire **');
  await ann.command(tavern, 'character retire', { character });
  await mine.press(await mine.card('Retire **Ossip**'), 'Retire');
  await mine.card('is retired');
  expect(await ann.autocomplete(tavern, 'character retire', 'character', {})).toEqual([]);
  await ann.command(tavern, 'character edit', { character, picture });
  await mine.press(await mine.card('Press Done'), 'Discard');
  await mine.card('Discarded');
  const written = store
    .load(`home:${house.sandbox.guild}`)
    .filter(({ actor }) => actor === `user:${ann.id}`);
  expect(written.map(({ type }) => type)).toEqual(['CharacterAuthored', 'CharacterRetired']);
});
