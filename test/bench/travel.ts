import type { Chats } from '../../src/app/chats.ts';
import type { Chat } from '../../src/engine/chat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { removeTurn, reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { editStory } from '../../src/engine/deciders/editStory.ts';
import { load, rewind, save } from '../../src/engine/deciders/moveHead.ts';
import { regenerate } from '../../src/engine/deciders/regenerate.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { ANN } from '../support/story.ts';
import { onDisk } from './database.ts';
import { type Figure, longestBlock, median, PAIRS, type Part, time, under } from './figure.ts';
import { chatsOf, exchange, longStory } from './story.ts';

const TURNS = 100_000;
const DEPTH = 10;
type Decide = (known: Chat) => readonly NewEvent[];
let commands = 0;

const run = (chats: Chats, chat: string, decide: Decide) =>
  chats.execute({ chat, id: `t${commands++}`, actor: ANN, decide });

const branchOff = (chats: Chats, chat: string, parent: string, after: string) =>
  chats.execute({
    chat,
    id: `t${commands++}`,
    actor: ANN,
    branchOf: parent,
    decide: () =>
      branchChat({ name: chat, owner: ANN, after, channel: null, guild: null }, chats.read(parent)),
  });

/** Time travel in a chat of 100,000 turns and 50,000 memories: medians of five. */
export const travel: Part = {
  name: 'travel',
  run: async () => {
    const { store, close } = onDisk();
    const chat = await longStory(store, TURNS);
    const chats = chatsOf(store);
    const middle = `${chat}-r${TURNS / 4}`;
    const back = chats.read(chat).line().at(-11) ?? '';
    const newest = chats.read(chat).head ?? '';
    const figures: Figure[] = [];

    /** Times something and a cold start after it, and takes it back, five times. */
    const measure = async (name: string, most: number, decide: Decide, before?: Decide) => {
      const took: number[] = [];
      const cold: number[] = [];
      for (let at = 0; at < PAIRS; at += 1) {
        if (before !== undefined) await run(chats, chat, before);
        void chats.read(chat).story;
        const all = async () => {
          await run(chats, chat, decide);
          void chats.read(chat).story;
        };
        took.push(await time(all));
        cold.push(await time(() => chatsOf(store).read(chat).story));
        await run(chats, chat, (known) => rewind({ to: newest }, known)).catch(() =>
          run(chats, chat, (known) => load({ at: newest }, known)),
        );
      }
      figures.push(under(name, median(took), most));
      figures.push(under(`cold start after ${name}`, median(cold), 300));
    };
    const toMiddle: Decide = (known) => rewind({ to: middle }, known);
    await run(chats, chat, (known) => save({ name: 'end', at: newest, taken: false }, known));
    let node = 0;
    await measure('regenerate', 5, (known) =>
      regenerate({ reply: newest, node: `again${node++}`, note: null }, known),
    );
    await measure('rewind of 10 turns', 5, (known) => rewind({ to: back }, known));
    await measure('rewind to turn 50,000', 300, toMiddle);
    await measure('load at turn 50,000', 300, (known) => load({ at: middle }, known));
    const edit = { type: 'WeatherChanged', payload: { weather: 'snow' } } as const;
    await measure(
      'edit at turn 50,000',
      5,
      (known) => editStory({ node: `e${node++}`, edit }, known),
      toMiddle,
    );
    for (const [what, decide] of changes(chat)) {
      figures.push(...(await farBack(what, decide)));
    }

    /** Words far back: the command, the loop meanwhile, and the state that the next reply has. */
    async function farBack(what: string, decide: (at: number) => Decide): Promise<Figure[]> {
      const command: number[] = [];
      const blocked: number[] = [];
      const reply: number[] = [];
      const cold: number[] = [];
      for (let at = 0; at < PAIRS; at += 1) {
        void chats.read(chat).story;
        const block = longestBlock();
        command.push(await time(() => run(chats, chat, decide(at))));
        const next: Decide = (known) => {
          void known.story;
          return [];
        };
        reply.push(await time(() => run(chats, chat, next)));
        blocked.push(await block());
        cold.push(await time(() => chatsOf(store).read(chat).story));
      }
      return [
        under(`${what} of turn 10: its command`, median(command), 50),
        under(
          `${what} of turn 10: the loop's longest block until all is right`,
          median(blocked),
          50,
        ),
        under(`${what} of turn 10: until a reply has its state`, median(reply), 1_000),
        under(`cold start after ${what}`, median(cold), 300),
      ];
    }

    const branches: number[] = [];
    for (let at = 0; at < PAIRS; at += 1) {
      branches.push(await time(() => branchOff(chats, `b${at}`, chat, middle)));
    }
    figures.push(under('branch at turn 50,000', median(branches), 1_000));
    figures.push(...(await deep(chats, chat, middle)));
    const first = `deep${DEPTH}`;
    const coldDeep: number[] = [];
    for (let at = 0; at < PAIRS; at += 1) {
      coldDeep.push(await time(() => chatsOf(store).read(first).story));
    }
    figures.push(under(`cold start of a branch ${DEPTH} deep`, median(coldDeep), 300));
    close();
    return figures;
  },
};

const changes = (chat: string): [string, (at: number) => Decide][] => [
  ['removal', (at) => (known) => removeTurn({ turn: `${chat}-u${5 + at}` }, known)],
  [
    'revision',
    (at) => (known) =>
      reviseTurn(
        { turn: `${chat}-u${15 + at}`, text: 'Other words', readable: 'Other words' },
        known,
      ),
  ],
];

/** Branches of branches: what a turn takes in the last of them. */
async function deep(chats: Chats, chat: string, after: string): Promise<Figure[]> {
  let [parent, from] = [chat, after];
  for (let depth = 1; depth <= DEPTH; depth += 1) {
    const branch = `deep${depth}`;
    await branchOff(chats, branch, parent, from);
    for (const events of exchange(branch, depth)) await run(chats, branch, () => events);
    [parent, from] = [branch, `${branch}-r${depth}`];
  }
  const took: number[] = [];
  for (let at = 0; at < PAIRS; at += 1) {
    const all = async () => {
      for (const events of exchange(parent, 100 + at)) await run(chats, parent, () => events);
      void chats.read(parent).story;
    };
    took.push((await time(all)) / 2);
  }
  return [under(`engine time per turn in a branch ${DEPTH} deep`, median(took), 5)];
}
