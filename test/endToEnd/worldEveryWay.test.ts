import type { APIMessage } from 'discord.js';
import { test } from 'vitest';
import type { Actor } from '../../src/sandbox/index.ts';
import { everyWay, type Scene, type Way } from '../support/everyWay.ts';
import { buttonsOf } from '../support/tavern.ts';

type Options = Parameters<Actor['command']>[2];

/** A command that someone without rights may not use, with options that are new each time. */
const way = (path: string, options: (n: number) => Options = () => ({}), more = {}): Way => {
  let n = 0;
  return {
    name: `/${path}`,
    refused: true,
    ready: async (scene) => {
      await settled(scene);
      n += 1;
      const given = options(n);
      return (who) => who.command(scene.channel, path, given);
    },
    ...more,
  };
};

async function shownAfter(
  { ann, channel, see }: Scene,
  act: () => Promise<unknown>,
  fits: (message: APIMessage) => boolean,
) {
  const known = new Set(ann.messages(channel, { limit: 100 }).map(({ id }) => id));
  await act();
  return see(ann, (each) => !known.has(each.id) && fits(each));
}

/** What was asked before is answered to its last word once something asked after it is. */
const settled = (scene: Scene) =>
  shownAfter(
    scene,
    () => scene.ann.command(scene.channel, 'scene show'),
    ({ embeds }) => embeds[0]?.title === 'The scene',
  );

const written = async (scene: Scene): Promise<string> => {
  const { ann, channel } = scene;
  const text = 'The toll was paid in buttons.';
  await shownAfter(
    scene,
    () => ann.command(channel, 'memory add', { text }),
    (each) => 'Undo' in buttonsOf(each),
  );
  const [found] = await ann.autocomplete(channel, 'memory pin', 'memory', { memory: 'toll' });
  return String(found?.value ?? '');
};

const onMemory = (path: string, more: Options = {}): Way => ({
  name: `/${path}`,
  refused: true,
  ready: async (scene) => {
    const memory = await written(scene);
    return (who) => who.command(scene.channel, path, { memory, ...more });
  },
});

test('everything about the story’s world is answered, whoever asks and wherever', () =>
  everyWay([
    way('scene show', undefined, { refused: undefined }),
    way('scene close'),
    way('scene open', () => ({ place: 'The loft', time: 'Night', opening: 'A lamp is lit.' })),
    way('scene move', (n) => ({ who: 'Wenna Tarrant', place: `Room ${n}` })),
    way('scene presence', () => ({ who: 'Wenna Tarrant', how: 'sleeps' })),
    way('scene weather', (n) => ({ is: `Rain ${n}` })),
    way('time advance', () => ({ amount: 2, unit: 'hours' })),
    way('time set', (n) => ({ anchor: `Day 1 = frost ${n}` })),
    way('memory list', undefined, { refused: undefined }),
    way('memory search', () => ({ words: 'toll buttons' }), { refused: undefined }),
    way('memory add', (n) => ({ text: `The toll was ${n}.`, significance: 2 })),
    onMemory('memory revise', { text: 'The toll was paid in salt.' }),
    onMemory('memory forget'),
    onMemory('memory pin'),
    onMemory('memory unpin'),
    way('whisper', () => ({ to: 'Wenna Tarrant', text: 'Hush.' }), { refused: undefined }),
    {
      name: 'the next page of the memories',
      ready: async (scene) => {
        const { ann, channel } = scene;
        const list = () => ann.command(channel, 'memory list');
        const isList = ({ embeds }: APIMessage) => /remember/i.test(embeds[0]?.title ?? '');
        const hasMore = (message: APIMessage) => '▶' in buttonsOf(message);
        while (!hasMore(await shownAfter(scene, list, isList))) {
          const text = 'The toll was counted.';
          const add = () => ann.command(channel, 'memory add', { text });
          await shownAfter(scene, add, (each) => 'Undo' in buttonsOf(each));
        }
        const shown = await shownAfter(scene, list, hasMore);
        return (who) => who.click(shown, buttonsOf(shown)['▶'] ?? '');
      },
    },
    way('context'),
    {
      name: 'the button Undo',
      refused: true,
      ready: async (scene) => {
        const { ann, channel } = scene;
        const line = await shownAfter(
          scene,
          () => ann.command(channel, 'scene weather', { is: 'Fog' }),
          (each) => 'Undo' in buttonsOf(each),
        );
        return (who) => who.click(line, buttonsOf(line).Undo ?? '');
      },
    },
  ]));
