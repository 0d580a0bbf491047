import type { APIMessage } from 'discord.js';
import { expect, test } from 'vitest';
import type { Actor, ActResult } from '../../src/sandbox/index.ts';
import { everyWay, type Scene, type Way } from '../support/everyWay.ts';
import { buttonsOf } from '../support/tavern.ts';

const isNew = (scene: Scene, channel = scene.channel) => {
  const known = new Set(scene.ann.messages(channel, { limit: 100 }).map(({ id }) => id));
  return (message: APIMessage) => !known.has(message.id);
};

/** What Ann gets for doing something. */
async function shownAfter(
  scene: Scene,
  act: () => Promise<unknown>,
  fits: (message: APIMessage) => boolean,
) {
  const fresh = isNew(scene);
  await act();
  return scene.see(scene.ann, (each) => fresh(each) && fits(each));
}

/** The button of that name under what Ann gets for doing something. */
async function pressAfter(scene: Scene, act: () => Promise<unknown>, label: string) {
  const shown = await shownAfter(scene, act, (each) => label in buttonsOf(each));
  return (who: Actor) => who.click(shown, buttonsOf(shown)[label] ?? '');
}

const SETTINGS = /:set-(answers|part):/;
const selects = (message: APIMessage) =>
  (message.components ?? []).flatMap((row) =>
    'components' in row
      ? row.components.flatMap((each) => ('custom_id' in each ? [each.custom_id] : []))
      : [],
  );

const settingsOf = async (scene: Scene) => {
  const { ann, channel } = scene;
  const shown = await shownAfter(
    scene,
    () => ann.command(channel, 'chat settings'),
    (each) => selects(each).some((id) => SETTINGS.test(id)),
  );
  const [answers = '', part = ''] = selects(shown);
  return { shown, answers, part };
};

const formOf = (result: ActResult) => {
  expect(result.kind).toBe('modal');
  return result.kind === 'modal' ? result.modal : '';
};

const isDirect = ({ ann, channel }: Scene) =>
  ann.view().directMessages.some(({ id }) => id === channel);

/** Begins a story in a thread of its own. */
const beginning = (scene: Scene) =>
  pressAfter(scene, () => scene.ann.command(scene.channel, 'new', { where: 'thread' }), 'Begin');

/** A story of its own, in a thread. */
async function another(scene: Scene): Promise<string> {
  const begun = await shownAfter(
    scene,
    async () => (await beginning(scene))(scene.ann),
    ({ content }) => content.includes('begins in <#'),
  );
  return /<#(\d+)>/.exec(begun.content)?.[1] ?? '';
}

/** A story that waits to be taken up where the scene is. */
async function waiting(scene: Scene): Promise<string> {
  const { ann, channel } = scene;
  const choices = () => ann.autocomplete(channel, 'chat switch', 'story', { story: '' });
  if ((await choices()).length === 0) {
    if (isDirect(scene)) {
      const branched = await pressAfter(
        scene,
        () => ann.command(channel, 'branch'),
        'Take it up here',
      );
      expect(branched).toBeDefined();
    } else {
      const thread = await another(scene);
      await ann.command(thread, 'chat archive');
      const question = await ann.waitFor(thread, (each) => 'Put it away' in buttonsOf(each));
      await ann.click(question, buttonsOf(question)['Put it away'] ?? '');
      await ann.waitFor(thread, ({ content }) => content.includes('puts **'));
    }
  }
  return String((await choices())[0]?.value ?? '');
}

const command = (name: string, path: string, options = {}, more: Partial<Way> = {}): Way => ({
  name,
  ready: async (scene) => {
    await settled(scene);
    return (who) => who.command(scene.channel, path, options);
  },
  ...more,
});

/** What was asked before is answered to its last word once something asked after it is. */
const settled = (scene: Scene) =>
  shownAfter(
    scene,
    () => scene.ann.command(scene.channel, 'scene show'),
    ({ embeds }) => embeds[0]?.title === 'The scene',
  );

let names = 0;

test('everything about stories as a whole is answered, whoever asks and wherever', () =>
  everyWay([
    command('/branch', 'branch'),
    command('/new here', 'new', {}, { refused: true }),
    command('/new in a thread', 'new', { where: 'thread' }, { guildOnly: true }),
    { name: 'Begin in a thread', guildOnly: true, ready: beginning },
    command('/new in a channel', 'new', { where: 'channel' }, { guildOnly: true }),
    command('/new for oneself', 'new', { where: 'private' }, { guildOnly: true }),
    command('/chat list', 'chat list'),
    command('/chat export', 'chat export'),
    {
      name: 'the next page of the list',
      guildOnly: true,
      ready: async (scene) => {
        const { ann, channel } = scene;
        const list = () => ann.command(channel, 'chat list');
        const isList = ({ embeds }: APIMessage) => embeds[0]?.title === 'Stories here';
        while (!('▶' in buttonsOf(await shownAfter(scene, list, isList)))) {
          const begun = ({ content }: APIMessage) => content.includes('begins in <#');
          await shownAfter(scene, () => ann.command(channel, 'branch'), begun);
        }
        return pressAfter(scene, list, '▶');
      },
    },
    {
      name: '/chat switch',
      ready: async (scene) => {
        await settled(scene);
        const story = await waiting(scene);
        return (who) => who.command(scene.channel, 'chat switch', { story });
      },
    },
    {
      name: '/chat rename',
      refused: true,
      ready: async (scene) => {
        const { channel } = scene;
        await settled(scene);
        names += 1;
        const name = `Story ${names}`;
        return (who) => who.command(channel, 'chat rename', { name });
      },
    },
    command('/chat archive', 'chat archive', {}, { refused: true }),
    {
      name: 'the button that puts a story away',
      guildOnly: true,
      ready: async (scene) => {
        const { ann } = scene;
        const thread = await another(scene);
        await ann.command(thread, 'chat archive');
        const question = await ann.waitFor(thread, (each) => 'Put it away' in buttonsOf(each));
        return (who) => who.click(question, buttonsOf(question)['Put it away'] ?? '');
      },
    },
    {
      name: 'the button that takes a branch up, in direct messages',
      ready: async (scene) => {
        const { id: channel } = await scene.ann.openDirectMessage();
        const known = new Set(scene.ann.messages(channel, { limit: 100 }).map(({ id }) => id));
        await scene.ann.command(channel, 'branch');
        const offer = await scene.ann.waitFor(
          channel,
          (each) => !known.has(each.id) && 'Take it up here' in buttonsOf(each),
        );
        return (who) => who.click(offer, buttonsOf(offer)['Take it up here'] ?? '');
      },
    },
    command('/chat settings', 'chat settings', {}, { refused: true }),
    {
      name: 'who answers',
      ready: async (scene) => {
        const { shown, answers } = await settingsOf(scene);
        return (who) => who.select(shown, answers, ['round']);
      },
    },
    {
      name: 'the form of the settings',
      ready: async (scene) => {
        const { shown, part } = await settingsOf(scene);
        const form = formOf(await scene.ann.select(shown, part, ['sampling']));
        return (who) => who.submit(form, { temperature: '0.7', stop: 'END' });
      },
    },
    // Last: an edit that came of the form is seen before time is moved on.
    {
      name: 'Branch from here',
      ready: async ({ channel, reply }) => {
        const { id } = await reply();
        return (who) => who.menu(channel, 'Branch from here', id);
      },
    },
  ]));
