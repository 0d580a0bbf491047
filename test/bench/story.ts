import { Chats } from '../../src/app/chats.ts';
import type { Store } from '../../src/app/ports/store.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { ANN, begun, MIRA, replied, said } from '../support/story.ts';

let ticks = Date.UTC(2026, 10, 21);
const clock = { now: () => (ticks += 1_000), sleep: () => Promise.resolve() };
export const chatsOf = (store: Store): Chats => new Chats(store, clock);

/** One exchange: what is said, the reply, and what its digest found. */
export const exchange = (chat: string, turn: number): NewEvent[][] => {
  const [user, reply] = [`${chat}-u${turn}`, `${chat}-r${turn}`];
  const about = {
    node: reply,
    sources: [
      { node: user, revision: 0 },
      { node: reply, revision: 0 },
    ],
    run: { of: 'digest' as const, owner: null, number: 1 },
  };
  const [started, completed] = replied(reply, `The ledger says ${turn}, and it never lies.`, [
    user,
  ]);
  return [
    [said(user, `And then, on day ${turn}, what did the ferry bring?`)],
    started === undefined ? [] : [started],
    completed === undefined ? [] : [completed],
    [
      {
        ...about,
        type: 'RelationshipShifted',
        payload: { from: MIRA, to: ANN, affinity: (turn % 7) - 3, trust: 1, facts: [] },
      },
      {
        ...about,
        type: 'MemoryWritten',
        payload: {
          owner: MIRA,
          text: `On day ${turn} the ferry brought crate ${turn % 997} and letter ${turn % 89}.`,
          kind: 'event',
          witnesses: [MIRA, ANN],
          scene: null,
          storyTime: turn,
          source: 'direct',
          reliability: 100,
          significance: 1,
        },
      },
    ],
  ];
};

/** Writes a chat of so many turns (an exchange is two), in large commands. */
export async function longStory(store: Store, turns: number, chat = `c${turns}`): Promise<string> {
  const chats = chatsOf(store);
  const opening = begun().flatMap((event) =>
    event.type === 'ChatBound'
      ? []
      : [('node' in event ? { ...event, node: `${chat}-${event.node}` } : event) as NewEvent],
  );
  await chats.execute({ chat, id: 'begin', actor: ANN, decide: () => opening });
  const CHUNK = 50;
  for (let from = 0; from < turns / 2; from += CHUNK) {
    const events = Array.from({ length: CHUNK }, (_, at) => exchange(chat, from + at).flat());
    await chats.execute({ chat, id: `fill${from}`, actor: ANN, decide: () => events.flat() });
  }
  return chat;
}
