import type { Chats } from '../../src/app/chats.ts';
import type { Store } from '../../src/app/ports.ts';
import type { Chat } from '../../src/engine/chat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { removeTurn } from '../../src/engine/deciders/changeWords.ts';
import { rewind } from '../../src/engine/deciders/moveHead.ts';
import { regenerate } from '../../src/engine/deciders/regenerate.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, MIRA } from '../support/story.ts';
import { type Figure, median, type Part, time, under } from './figure.ts';
import { chatsOf, exchange, longStory } from './story.ts';

const LENGTHS = [100, 10_000, 100_000];
const EXCHANGES = 60;
let commands = 0;

const run = (chats: Chats, chat: string, decide: (chat: Chat) => readonly NewEvent[]) =>
  chats.execute({ chat, id: `b${commands++}`, actor: ANN, decide });

export const turns: Part = {
  name: 'turns',
  run: async () => {
    const stories = [];
    for (const length of LENGTHS) {
      const store = sqliteStore(openDatabase(':memory:'));
      stories.push({ store, chat: await longStory(store, length) });
    }
    const sessions = stories.map(({ store, chat }) => ({ chats: chatsOf(store), chat, took: [0] }));
    // In turns, so that a slow moment of the machine hits all of them.
    for (let at = 0; at < EXCHANGES; at += 1) {
      for (const { chats, chat, took } of sessions) {
        const steps = exchange(chat, 1_000_000 + at);
        const all = async () => {
          for (const events of steps) {
            await run(chats, chat, () => events);
            void chats.read(chat).story;
          }
        };
        took.push((await time(all)) / 2);
      }
    }
    const medians = sessions.map(({ took }) => median(took.slice(5)));
    const shortest = medians[0] ?? 1;
    const figures = medians.map((value, index): Figure => {
      const ratio = value / shortest;
      return {
        ...under(`engine time per turn in a chat of ${LENGTHS[index]} turns`, value, 5),
        reference: shortest,
        ratio,
        goal: 'under 5 ms, within 1.3 of the shortest',
        ok: value < 5 && ratio <= 1.3,
      };
    });
    const last = stories.at(-1);
    return last === undefined ? figures : [...figures, ...(await travel(last.store, last.chat))];
  },
};

/** Time travel in the longest chat. */
async function travel(store: Store, chat: string): Promise<Figure[]> {
  const chats = chatsOf(store);
  void chats.read(chat).story;
  const middle = `${chat}-r25000`;
  const back = chats.read(chat).line().at(-11) ?? '';
  const newest = chats.read(chat).head ?? '';
  const measure = async (
    name: string,
    most: number,
    decide: (known: Chat) => readonly NewEvent[],
  ) =>
    under(
      name,
      await time(async () => {
        await run(chats, chat, decide);
        void chats.read(chat).story;
      }),
      most,
    );
  const cold = async (after: string) =>
    under(`cold start after ${after}`, await time(() => chatsOf(store).read(chat).story), 300);
  const figures = [
    await measure('regenerate', 5, (known) =>
      regenerate({ reply: newest, node: 'again', note: null }, known),
    ),
    await cold('regenerate'),
    await measure('rewind of 10 turns', 5, (known) => rewind({ to: back }, known)),
    await measure('removal of turn 10', 1_000, (known) =>
      removeTurn({ turn: `${chat}-u5` }, known),
    ),
    under(
      'until all is folded again, in steps that yield',
      await time(() => chats.refolded),
      1_000,
    ),
    await cold('removal of turn 10'),
    await measure('rewind to turn 50,000', 300, (known) => rewind({ to: middle }, known)),
    await cold('rewind to turn 50,000'),
  ];
  const branch = {
    chat: 'branch',
    id: 'branch',
    actor: ANN,
    branchOf: chat,
    decide: () =>
      branchChat(
        { name: 'b', owner: ANN, after: middle, channel: null, guild: null },
        chats.read(chat),
      ),
  };
  figures.push(under('branch', await time(() => chats.execute(branch)), 1_000));
  const search = { words: ['ferry', 'crate', '77'], after: -1, limit: 20 };
  const found: number[] = [];
  for (let at = 0; at < 20; at += 1) {
    found.push(await time(() => store.memories('branch', MIRA, search)));
  }
  figures.push(under('search on a branch with 25,000 memories', median(found), 50));
  return figures;
}
