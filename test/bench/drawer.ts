import { Drawer } from '../../src/app/drawer.ts';
import { Homes } from '../../src/app/homes.ts';
import { Rights } from '../../src/app/rights.ts';
import { castTab } from '../../src/discord/embeds/drawer/castTab.ts';
import { historyTab } from '../../src/discord/embeds/drawer/historyTab.ts';
import { loreTab } from '../../src/discord/embeds/drawer/loreTab.ts';
import { memoriesTab } from '../../src/discord/embeds/drawer/memoriesTab.ts';
import {
  pageOf,
  relationshipCard,
  relationshipsTab,
} from '../../src/discord/embeds/drawer/relationshipsTab.ts';
import { sceneTab } from '../../src/discord/embeds/drawer/sceneTab.ts';
import { settingsTab } from '../../src/discord/embeds/drawer/settingsTab.ts';
import { soFarTab } from '../../src/discord/embeds/drawer/soFarTab.ts';
import { texts } from '../../src/discord/texts.ts';
import type { Viewpoint } from '../../src/engine/drawer/viewpoint.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { ANN, MIRA } from '../support/story.ts';
import { onDisk } from './database.ts';
import { median, type Part, time, under } from './figure.ts';
import { chatsOf, exchange, longStory } from './story.ts';

const TURNS = 100_000;
const TIMES = 9;
const MOST = 150;
const SCENES = 8;
const EDITS = 500;

/** Every tab of the drawer, read and drawn, in a story of 100,000 turns and 50,000 memories. */
export const drawer: Part = {
  name: 'drawer',
  run: async () => {
    const { store, close } = onDisk();
    const chat = await longStory(store, TURNS);
    const clock = { now: () => Date.UTC(2026, 10, 21), sleep: () => Promise.resolve() };
    const run = (id: string, events: NewEvent[]) =>
      chatsOf(store).execute({ chat, id, actor: ANN, decide: () => events });
    await run('enter', [entered('enter')]);
    await run('talk', exchange(chat, TURNS).flat());
    await run(
      'scenes',
      Array.from({ length: SCENES }, (_, at) => summed(chat, at)),
    );
    await run(
      'edits',
      Array.from({ length: EDITS }, (_, at) => weather(at)),
    );
    const at = 1;
    const tabs = (view: Viewpoint, read: Drawer): Record<string, () => unknown> => {
      const about = { story: 'The Drowned Bell', view: view.kind, at };
      const pair = { from: MIRA, to: ANN };
      const memories = (words: string | null, page: number) =>
        memoriesTab(read.memories(chat, { owner: MIRA, words, page }, view), about, texts);
      const relationships = () => read.relationships(chat, view);
      return {
        scene: () => sceneTab(read.scene(chat, view), about, texts),
        cast: () => castTab(read.cast(chat, view), about, texts),
        relationships: () => relationshipsTab(pageOf(relationships(), 0), about, texts),
        'a relationship and its reasons': () => {
          const [each] = relationships();
          return each && relationshipCard(each, read.reasons(chat, pair, view), about, texts);
        },
        'reasons where there are none': () =>
          read.reasons(chat, { from: MIRA, to: 'user:9' }, view),
        memories: () => memories(null, 0),
        'memories, page 200': () => memories(null, 200),
        'memories by words': () => memories('ferry crate letter 77', 0),
        'the story so far': () =>
          soFarTab(read.soFar(chat, { of: null, at: null, page: 0 }, view), about, texts),
        'the story so far, further back': () => {
          const { older } = read.soFar(chat, { of: null, at: null, page: 0 }, view);
          return soFarTab(read.soFar(chat, { of: null, at: older, page: 0 }, view), about, texts);
        },
        lore: () => loreTab(read.lore(chat, view), about, texts),
        settings: () => settingsTab(read.settings(chat, view), about, texts),
        history: () => historyTab(read.history(chat, view, 0), about, texts),
      };
    };
    /** A drawer over a story that is played and has been looked at nowhere but at its end. */
    const opened = () => {
      const chats = chatsOf(store);
      const homes = new Homes(store, clock, []);
      if (chats.read(chat).story.turns.length === 0) throw new Error('the story has no turns');
      return new Drawer({ store, chats, homes, rights: new Rights(chats, homes) });
    };
    const figures = [];
    const views: Viewpoint[] = [{ kind: 'person', person: ANN }, { kind: 'full' }];
    for (const view of views) {
      for (const name of Object.keys(tabs(view, opened()))) {
        const took: number[] = [];
        for (let turn = 0; turn < TIMES; turn += 1) {
          const build = tabs(view, opened())[name];
          took.push(await time(() => build?.()));
        }
        const figure = `drawer, ${view.kind === 'full' ? 'full view' : 'one person'}: ${name}`;
        figures.push(under(figure, median(took), MOST));
      }
    }
    close();
    return figures;
  },
};

const entered = (node: string): NewEvent => ({
  type: 'EntityEntered',
  node,
  payload: { entity: ANN, name: 'Ann', sheet: null, revision: null },
});

/** The account of a scene, all over the story. */
const summed = (chat: string, at: number): NewEvent => ({
  type: 'SceneSummarized',
  node: `scene${at}`,
  payload: {
    owner: MIRA,
    scene: `${chat}-r${(at + 1) * 5_555}`,
    text: `On that evening, the ${at}th of many, Ann came in from the rain and asked for the ledger.`,
    significance: 1,
    before: null,
  },
});

const weather = (at: number): NewEvent => ({
  type: 'WeatherChanged',
  node: `weather${at}`,
  payload: { weather: `Sleet, for the ${at}th time` },
});
