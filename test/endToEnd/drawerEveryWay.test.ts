import type { APIMessage } from 'discord.js';
import { test } from 'vitest';
import { openDrawer } from '../support/drawerHand.ts';
import { everyWay, type Scene, type Way } from '../support/everyWay.ts';
import { buttonsOf } from '../support/tavern.ts';

type Hand = Awaited<ReturnType<typeof openDrawer>>;

/** A control of the drawer; `reach` goes to where it is. */
const control = (
  name: string,
  tab: string,
  ready: (hand: Hand, scene: Scene) => Promise<Awaited<ReturnType<Way['ready']>>>,
): Way => ({
  name,
  ready: async (scene) => ready(await openDrawer(scene.ann, scene.channel, tab), scene),
});

const presses = (name: string, tab: string, label: string): Way =>
  control(name, tab, async ({ now }) => {
    const id = buttonsOf(now)[label] ?? '';
    return (who) => who.click(now, id);
  });

const submits = (name: string, tab: string, label: string, values: Record<string, string>): Way =>
  control(name, tab, async ({ click }) => {
    const opened = await click(`${label} …`);
    const modal = opened.kind === 'modal' ? opened.modal : '';
    return (who) => who.submit(modal, values);
  });

const isPanel = ({ content }: APIMessage) => content.startsWith('-# Shown here by');

test('every control of the drawer is answered, whoever asks and wherever', () =>
  everyWay([
    {
      name: '/drawer',
      ready:
        async ({ channel }) =>
        (who) =>
          who.command(channel, 'drawer', { tab: 'edits' }),
    },
    presses('a way', 'scene', 'Show everything'),
    control('a pick', 'scene', async ({ now }) => {
      const menu = `1:dwm:${chatIn(now)}:sco::::t`;
      return (who) => who.select(now, menu, ['ca::']);
    }),
    control('an edit', 'scene', async (hand) => {
      await hand.pick('Wenna Tarrant', 'Wenna Tarrant');
      const { now } = hand;
      const id = buttonsOf(now)['Falls asleep'] ?? buttonsOf(now).Wakes ?? '';
      return (who) => who.click(now, id);
    }),
    presses('the form of an edit', 'scene', 'Weather …'),
    submits('an edit by form', 'scene', 'Weather', { weather: 'Sleet' }),
    presses('the form of a search', 'memories', 'Search …'),
    submits('a search', 'memories', 'Search', { words: 'toll' }),
    {
      name: 'Unpin',
      refused: true,
      ready: async (scene) => {
        const { ann, channel, see } = scene;
        const hand = await openDrawer(ann, channel);
        if ('Pin here' in buttonsOf(hand.now)) await hand.click('Pin here');
        const panel = await see(ann, isPanel);
        return (who) => who.click(panel, buttonsOf(panel).Unpin ?? '');
      },
    },
  ]));

const chatIn = ({ components }: APIMessage): string =>
  /"1:dwm:([^:]+):/.exec(JSON.stringify(components))?.[1] ?? '';
