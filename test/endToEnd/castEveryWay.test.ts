import { type APIMessage, MessageFlags } from 'discord.js';
import { test } from 'vitest';
import type { GivenFile } from '../../src/sandbox/index.ts';
import { everyWay, type Scene, type Way } from '../support/everyWay.ts';
import { buttonsOf } from '../support/tavern.ts';

const json = (value: unknown): GivenFile => ({
  name: 'file.json',
  type: 'application/json',
  base64: Buffer.from(JSON.stringify(value)).toString('base64'),
});
const TAM = json({ name: 'Tam', description: 'Keeps bees.', first_mes: 'Mind the hive.' });
const entry = { keys: ['bend'], content: 'It is deep.', enabled: true, insertion_order: 1 };
const BOOK = json({ name: 'River', entries: Array.from({ length: 9 }, () => entry) });
const WENNA = 'character:wenna-tarrant';

const shown = ({ embeds, content }: APIMessage): string => `${content} ${JSON.stringify(embeds)}`;
const hidden = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

/** Ann asks for a card and sees it: one that was not there before. */
async function card(
  { ann, channel }: Scene,
  name: string,
  options: Record<string, string | GivenFile>,
  button: string,
): Promise<APIMessage> {
  const before = new Set(ann.messages(channel, { limit: 100 }).map(({ id }) => id));
  await ann.command(channel, name, options);
  return ann.waitFor(
    channel,
    (each) => hidden(each) && !before.has(each.id) && button in buttonsOf(each),
  );
}

/** A button on a card that Ann asked for. */
const pressing = (
  name: string,
  options: Record<string, string | GivenFile>,
  label: string,
): Way['ready'] => {
  return async (scene) => {
    const message = await card(scene, name, options, label);
    return (who) => who.click(message, buttonsOf(message)[label] ?? '');
  };
};

const asking =
  (name: string, options: Record<string, string | GivenFile> = {}): Way['ready'] =>
  async ({ channel }) =>
  (who) =>
    who.command(channel, name, options);

/** The book in the scene's home. */
async function bookIn({ ann, channel }: Scene): Promise<string> {
  const find = async () =>
    (await ann.autocomplete(channel, 'lore show', 'book', { book: 'river' }))[0]?.value;
  if ((await find()) === undefined) {
    await ann.command(channel, 'lore import', { file: BOOK });
    await ann.waitFor(channel, (each) => shown(each).includes('**River** is here'));
  }
  return String(await find());
}

const ways: Way[] = [
  { name: '/character create', ready: asking('character create') },
  { name: '/character list', ready: asking('character list') },
  { name: '/character show', ready: asking('character show', { character: WENNA }) },
  { name: '/character import', ready: asking('character import', { file: TAM }) },
  { name: 'the form of a part', ready: pressing('character create', {}, 'Basics') },
  {
    name: 'a part',
    ready: async (scene) => {
      const message = await card(scene, 'character create', {}, 'Basics');
      const form = await scene.ann.click(message, buttonsOf(message).Basics ?? '');
      if (form.kind !== 'modal') throw new Error('no form');
      return () => scene.ann.submit(form.modal, { name: 'Ossip', persona: 'Sells maps.' });
    },
  },
  { name: 'keeping a card', ready: pressing('character import', { file: TAM }, 'Add') },
  { name: 'discarding a card', ready: pressing('character import', { file: TAM }, 'Discard') },
  {
    name: 'editing from the card',
    ready: pressing('character show', { character: WENNA }, 'Edit'),
  },
  { name: '/lore show', ready: asking('lore show') },
  { name: '/lore add', ready: asking('lore add') },
  {
    name: 'a page of a book',
    ready: async (scene) => {
      const message = await card(scene, 'lore show', { book: await bookIn(scene) }, '▶');
      return (who) => who.click(message, buttonsOf(message)['▶'] ?? '');
    },
  },
  {
    name: '/lore use',
    refused: true,
    ready: async (scene) => {
      const book = await bookIn(scene);
      return (who) => who.command(scene.channel, 'lore use', { book });
    },
  },
];

test('characters and lore answer, whoever asks and wherever', () => everyWay(ways), 60_000);
