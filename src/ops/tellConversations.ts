import type { Chats } from '../app/chats.ts';
import type { NewEvent } from '../engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import { DAY_MS, datesIn } from '../engine/retrieval/dates.ts';
import type { Conversation } from './readConversations.ts';

/** Who hears everything, and is asked. */
export const LISTENER = 'character:listener';

/** A pause after which a new scene begins, in minutes. */
const PAUSE = 4 * 60;
/** Turns that are written in one command. */
const BATCH = 50;
const LONGEST = 2_000;

/**
 * Tells conversations as one story, each turn a memory of {@link LISTENER}.
 *
 * @returns which turn each memory is: its conversation and its id.
 */
export async function tellConversations(
  chats: Chats,
  chat: ChatId,
  told: readonly Conversation[],
): Promise<Map<NodeId, { readonly conversation: string; readonly turn: string }>> {
  const turns = new Map<NodeId, { conversation: string; turn: string }>();
  const began = Math.min(...told.flatMap((each) => momentsOf(each)));
  const day = Math.floor(began / DAY_MS) * DAY_MS;
  const anchor = `Day 1 = ${new Date(day).toISOString().slice(0, 10)}`;
  let events: NewEvent[] = beginning(anchor, told);
  let batch = 0;
  const write = async () => {
    const decided = events;
    events = [];
    batch += 1;
    const command = { chat, id: `${chat}-${batch}`, actor: 'troupe' as const };
    await chats.execute({ ...command, decide: () => decided });
  };
  for (const [index, each] of told.entries()) {
    let scene: NodeId | null = null;
    let before = 0;
    for (const [at, moment] of momentsOf(each).entries()) {
      const turn = each.turns[at];
      if (turn === undefined) continue;
      const minutes = Math.max(0, Math.round((moment - day) / 60_000));
      const node: NodeId = `${chat}-c${index}t${at}`;
      if (scene === null || Math.abs(minutes - before) >= PAUSE) scene = node;
      before = minutes;
      turns.set(node, { conversation: each.id, turn: turn.id });
      events.push(heard(node, turn, speaker(index, each, turn.speaker), scene, minutes));
      if (events.length >= BATCH) await write();
    }
  }
  await write();
  return turns;
}

function beginning(anchor: string, told: readonly Conversation[]): NewEvent[] {
  const entered = told.flatMap((each, index) =>
    [...new Set(each.turns.map((turn) => turn.speaker))].map(
      (name): NewEvent => ({
        type: 'EntityEntered',
        node: 'kickoff',
        payload: { entity: speaker(index, each, name), name, sheet: null, revision: null },
      }),
    ),
  );
  return [
    { type: 'ChatRenamed', payload: { name: 'Conversations' } },
    { type: 'ClockAdvanced', node: 'kickoff', payload: { minutes: 0, anchor } },
    ...entered,
  ];
}

const speaker = (index: number, { turns }: Conversation, name: string): EntityId =>
  `user:c${index}s${turns.findIndex((turn) => turn.speaker === name)}`;

function heard(
  node: NodeId,
  turn: Conversation['turns'][number],
  by: EntityId,
  scene: NodeId,
  storyTime: number,
): NewEvent {
  return {
    type: 'MemoryWritten',
    node,
    payload: {
      owner: LISTENER,
      text: `${turn.speaker}: ${turn.text}`.slice(0, LONGEST),
      kind: 'event',
      witnesses: [LISTENER, by],
      scene,
      storyTime,
      source: 'direct',
      reliability: 100,
      significance: 1,
    },
  };
}

/** When each turn was said, in milliseconds since 1970; a turn without a readable date is as the one before. */
function momentsOf({ turns }: Conversation): number[] {
  let last = 0;
  const known = turns.map(({ at }) => momentOf(at));
  const first = known.find((moment) => moment !== null) ?? 0;
  last = first;
  return known.map((moment) => {
    last = moment ?? last;
    return last;
  });
}

const TIME = /(?<!\d)(?<hours>\d{1,2}):(?<minutes>\d\d)(?::\d\d)?\s*(?<half>[ap])?\.?m?/i;

/** Reads a date or timestamp in digits or English words; zones are left aside. */
function momentOf(at: string): number | null {
  const date = datesIn(at).find(({ year, day }) => year !== null && day !== null);
  if (date === undefined) {
    const parsed = Date.parse(at);
    return Number.isNaN(parsed) ? null : parsed;
  }
  const { hours = '0', minutes = '0', half } = TIME.exec(at)?.groups ?? {};
  const hour =
    half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  return Date.UTC(date.year ?? 0, (date.month ?? 1) - 1, date.day ?? 1, hour, Number(minutes));
}
