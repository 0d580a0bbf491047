import { ANN } from '../support/story.ts';
import { onDisk } from './database.ts';
import { type Figure, median, type Part, time, under } from './figure.ts';
import { chatsOf, exchange, longStory } from './story.ts';

const LENGTHS = [100, 10_000, 100_000];
const EXCHANGES = 60;
let commands = 0;

/** What the engine takes for a turn, the model excluded, in short chats and long ones. */
export const turns: Part = {
  name: 'turns',
  run: async () => {
    const stories = [];
    for (const length of LENGTHS) {
      const opened = onDisk();
      stories.push({ ...opened, chat: await longStory(opened.store, length) });
    }
    const sessions = stories.map(({ store, chat }) => ({ chats: chatsOf(store), chat, took: [0] }));
    // In turns, so that a slow moment of the machine hits all of them.
    for (let at = 0; at < EXCHANGES; at += 1) {
      for (const { chats, chat, took } of sessions) {
        const steps = exchange(chat, 1_000_000 + at);
        const all = async () => {
          for (const events of steps) {
            await chats.execute({ chat, id: `b${commands++}`, actor: ANN, decide: () => events });
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
    for (const { close } of stories) close();
    return figures;
  },
};
