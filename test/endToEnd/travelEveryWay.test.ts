import type { APIMessage } from 'discord.js';
import { expect, test } from 'vitest';
import type { Actor, ActResult } from '../../src/sandbox/index.ts';
import { everyWay, type Scene, type Way } from '../support/everyWay.ts';
import { buttonsOf } from '../support/tavern.ts';

const WENNA = 'character:wenna-tarrant';

const isNew = (scene: Scene) => {
  const known = new Set(scene.ann.messages(scene.channel, { limit: 100 }).map(({ id }) => id));
  return (message: APIMessage) => !known.has(message.id);
};

/** The button of that name under what Ann gets for doing something. */
async function pressAfter(scene: Scene, act: () => Promise<unknown>, label: string) {
  const fresh = isNew(scene);
  await act();
  const shown = await scene.see(scene.ann, (each) => fresh(each) && label in buttonsOf(each));
  return (who: Actor) => who.click(shown, buttonsOf(shown)[label] ?? '');
}

const formOf = (result: ActResult) => {
  expect(result.kind).toBe('modal');
  return result.kind === 'modal' ? result.modal : '';
};

let saves = 0;
function newName(): string {
  saves += 1;
  return `point ${saves}`;
}

const rewindOne = async ({ ann, channel, reply }: Scene) => {
  await reply();
  return ann.command(channel, 'rewind', { to: '1' });
};

const ways: Way[] = [
  {
    name: '/rewind',
    refused: true,
    ready: async ({ channel, reply }) => {
      await reply();
      return (who) => who.command(channel, 'rewind', { to: '1' });
    },
  },
  {
    name: 'Rewind to here',
    refused: true,
    ready: async ({ channel, spoken }) => {
      const { id } = await spoken();
      return (who) => who.menu(channel, 'Rewind to here', id);
    },
  },
  {
    name: 'the button Rewind',
    ready: (scene) => pressAfter(scene, () => rewindOne(scene), 'Rewind'),
  },
  {
    name: 'the button Undo',
    refused: true,
    ready: async (scene) => {
      const confirm = await pressAfter(scene, () => rewindOne(scene), 'Rewind');
      return pressAfter(scene, () => confirm(scene.ann), 'Undo');
    },
  },
  {
    name: '/save',
    ready: async ({ channel }) => {
      const name = newName();
      return (who) => who.command(channel, 'save', { name });
    },
  },
  {
    name: '/load',
    refused: true,
    ready: async ({ ann, channel, exchange, see }) => {
      const name = newName();
      await ann.command(channel, 'save', { name });
      await see(ann, ({ content }) => content.includes(name));
      await exchange();
      return (who) => who.command(channel, 'load', { name });
    },
  },
  {
    name: 'Remember this',
    refused: true,
    ready: async ({ channel, spoken }) => {
      const { id } = await spoken();
      return (who) => who.menu(channel, 'Remember this', id);
    },
  },
  {
    name: 'the form of Remember this',
    ready: async ({ ann, channel, spoken }) => {
      const { id } = await spoken();
      const form = formOf(await ann.menu(channel, 'Remember this', id));
      return (who) => who.submit(form, { text: 'Ann came in from the rain.' });
    },
  },
  {
    name: '/reset',
    refused: true,
    ready: async ({ channel, reply }) => {
      await reply();
      return (who) => who.command(channel, 'reset', { character: WENNA });
    },
  },
  {
    name: 'the form of /reset',
    ready: async ({ ann, channel, reply }) => {
      await reply();
      const form = formOf(await ann.command(channel, 'reset', { character: WENNA }));
      return (who) => who.submit(form, { name: 'wenna tarrant ' });
    },
  },
  {
    name: '/help',
    ready:
      async ({ channel }) =>
      (who) =>
        who.command(channel, 'help'),
  },
];

test('everything that takes a story elsewhere is answered, whoever asks and wherever', () =>
  everyWay(ways));

const purge: Way = {
  name: 'the buttons after a purge',
  refused: true,
  guildOnly: true,
  ready: async (scene) => {
    const { spoken: first } = await scene.exchange();
    const { spoken: second } = await scene.exchange();
    const remove = 'Remove them from the story';
    const purged = async () =>
      scene.sandbox.controls.deleteMessages(scene.channel, [first.id, second.id]);
    return pressAfter(scene, purged, remove);
  },
};

test('what an owner is asked after a purge is answered, whoever presses and wherever', () =>
  everyWay([purge]));
