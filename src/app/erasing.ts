import { Chat } from '../engine/chat.ts';
import { eraseTurns } from '../engine/deciders/changeWords.ts';
import { type Erasing, Traces } from '../engine/erasure.ts';
import { type DomainEvent, evolve, type NewEvent, record } from '../engine/event.ts';
import {
  type BookId,
  type ChatId,
  chatStream,
  type EntityId,
  type HomeId,
  homeStream,
  type Stream,
} from '../engine/ids.ts';
import { emptyFrame } from '../engine/state/frame.ts';
import { StoryTree } from '../engine/storyTree.ts';
import type { Clock } from './ports/clock.ts';
import type { Erasure, ErasureLedger } from './ports/erasures.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import type { Row } from './ports/unitOfWork.ts';
import { nodeRows } from './project.ts';
import { refold } from './refold.ts';

export interface ErasingNeeds {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
}

export type Made = ReadonlySet<EntityId | BookId>;

/** Events that are read or written over in one step; each takes a few milliseconds at most. */
const STEP = 200;
/** Turns that one event names as erased: the fewer events, the sooner a frame is folded. */
const TURNS = 5_000;
/** Nodes whose read models are written anew in one step. */
const NODES = 25;

export const erasingOf = ({ person, at, works }: Erasure): Erasing => ({
  person,
  until: at,
  works,
});

/** What the homes tell of what goes with a person: characters and lorebooks that they wrote first. */
export function madeBy(erasure: Erasure, { erasures }: Pick<Store, 'erasures'>): Made {
  const made = new Set<EntityId | BookId>();
  for (const home of erasures.homes(erasure.home)) {
    const { made: found } = tracesIn(homeStream(home), erasure, erasures);
    for (const each of found) made.add(each);
  }
  return made;
}

/** Whether anything in a story is theirs. Gives in steps, for others to go on. */
export function* isIn(
  family: readonly ChatId[],
  erasure: Erasure,
  made: Made,
  { erasures }: Pick<Store, 'erasures'>,
): Generator<void, boolean> {
  const traces = new Traces(erasingOf(erasure), made);
  for (const chat of family) {
    for (const event of eventsOf(chatStream(chat), erasures)) {
      if (event === null) yield;
      else traces.note(event);
    }
    if (!traces.isEmpty) return true;
  }
  return false;
}

/**
 * Takes what is a person's out of a story with its branches: out of its log, its read models and its kept
 * states; what was derived from it is owed anew. Nobody else may write to the story meanwhile, and whoever
 * read it before has to read it again. Cut off at any point it is done whole the next time. Gives in steps.
 */
export function* eraseStory(
  family: readonly ChatId[],
  erasure: Erasure,
  made: Made,
  { store, clock }: ErasingNeeds,
): Generator<void> {
  const { erasures } = store;
  const traces = new Traces(erasingOf(erasure), made);
  for (const chat of family) {
    for (const event of eventsOf(chatStream(chat), erasures)) {
      if (event === null) yield;
      else traces.note(event);
    }
  }
  yield* tell(family, traces, erasure, { store, clock });
  for (const chat of family.toReversed()) yield* overwrite(chatStream(chat), traces, erasures);
  const [root = ''] = family;
  erasures.forgetStory(root, erasure.person);
  yield;
  const chats = yield* readAnew(family, store);
  yield* project(chats, traces, erasure, root, store);
  const tree = chats.get(root)?.tree;
  if (tree === undefined) return;
  yield* refold(root, tree, store);
  for (const chat of chats.values()) {
    if (chat.head !== null) store.keep(chat, chat.head);
    yield;
  }
  if (traces.told.size > 0) store.enqueue([{ kind: 'redigest', chat: root, node: null }]);
}

/** Says in the log of each chat that it happened. */
function* tell(
  family: readonly ChatId[],
  traces: Traces,
  { id, person }: Erasure,
  { store, clock }: ErasingNeeds,
): Generator<void> {
  const chats = yield* readAnew(family, store);
  for (const [chat, known] of chats) {
    const stream = chatStream(chat);
    const told = traces.told.get(stream) ?? [];
    let { version } = known;
    for (let first = 0; first < told.length; first += TURNS) {
      const turns = told.slice(first, first + TURNS);
      const decided = eraseTurns({ person, turns }, known);
      if (decided.length === 0) continue;
      version += append(stream, version, decided, id, person, { store, clock }).length;
      yield;
    }
  }
}

function append(
  stream: Stream,
  expected: number,
  decided: readonly NewEvent[],
  erasure: string,
  actor: EntityId,
  { store, clock }: ErasingNeeds,
): readonly DomainEvent[] {
  const at = new Date(clock.now()).toISOString();
  const asked = { stream, at, actor, command: `erase:${erasure}:${expected}` };
  const events = record(decided, { ...asked, after: expected });
  return store.commit({ ...asked, expected, events }).events;
}

/** Takes what is a person's out of a home. */
export function eraseHome(home: HomeId, erasure: Erasure, { store, clock }: ErasingNeeds): void {
  const { erasures } = store;
  const stream = homeStream(home);
  const traces = tracesIn(stream, erasure, erasures);
  if (traces.isEmpty) return;
  const version = erasures.before(stream, Infinity, 1)[0]?.version ?? 0;
  const pictures = picturesOf(traces, stream, erasures);
  const retired = [...traces.made].map(
    (id): NewEvent =>
      id.startsWith('character:')
        ? { type: 'CharacterRetired', payload: { character: id } }
        : { type: 'LorebookRetired', payload: { id } },
  );
  if (retired.length > 0) {
    append(stream, version, retired, erasure.id, erasure.person, { store, clock });
  }
  for (const _ of overwrite(stream, traces, erasures));
  erasures.forgetPictures(pictures);
}

function picturesOf(traces: Traces, stream: Stream, erasures: Store['erasures']): string[] {
  return [...eventsOf(stream, erasures)].flatMap((event) => {
    if (event?.type !== 'CharacterAuthored' && event?.type !== 'CharacterRevised') return [];
    const { character, sheet } = event.payload;
    return traces.made.has(character)
      ? [sheet.avatar, sheet.card].filter((hash) => hash !== null)
      : [];
  });
}

function tracesIn(stream: Stream, erasure: Erasure, erasures: Store['erasures']): Traces {
  const traces = new Traces(erasingOf(erasure));
  for (const event of eventsOf(stream, erasures)) if (event !== null) traces.note(event);
  return traces;
}

/** The events of a stream, oldest first; null after each step. */
function* eventsOf(stream: Stream, erasures: Store['erasures']): Generator<DomainEvent | null> {
  for (let version = 0; ; ) {
    const events = erasures.after(stream, version, STEP);
    yield* events;
    yield null;
    if (events.length < STEP) return;
    version = events.at(-1)?.version ?? 0;
  }
}

/** Writes over what is theirs, newest first. */
function* overwrite(stream: Stream, traces: Traces, erasures: Store['erasures']): Generator<void> {
  for (let version = Infinity; version > 1; ) {
    const events = erasures.before(stream, version, STEP);
    if (events.length === 0) return;
    erasures.overwrite(events.flatMap((event) => traces.rest(event) ?? []));
    yield;
    version = events.at(-1)?.version ?? 0;
  }
}

/** The chats of a story as the log has them, in a tree of their own. */
function* readAnew(family: readonly ChatId[], store: Store): Generator<void, Map<ChatId, Chat>> {
  const tree = new StoryTree(store.archive);
  const chats = new Map<ChatId, Chat>();
  for (const id of family) {
    const { version = 0, head = null } = store.chat(id) ?? {};
    let frame = emptyFrame;
    for (const event of store.frameEvents(id, 0)) {
      frame = evolve<'frame'>(frame, event);
      // It may name thousands of turns.
      if (event.type === 'Erased') yield;
    }
    chats.set(id, Chat.restored(id, tree, version, { ...frame, head }));
    yield;
  }
  return chats;
}

/** Writes anew what is read of the nodes that were touched, and of the chats themselves. */
function* project(
  chats: ReadonlyMap<ChatId, Chat>,
  traces: Traces,
  { person }: Erasure,
  root: ChatId,
  store: Store,
): Generator<void> {
  for (const [id, chat] of chats) {
    const stream = chatStream(id);
    const { home, name, owner, archived } = chat.frame;
    const rows: Row[] = [{ table: 'storyline', home, name, owner, archived }];
    const called = traces.names.get(stream);
    if (called) rows.push({ table: 'participant', entity: person, name: called });
    store.rebuilding.write([{ chat: id, rows }]);
    const nodes = [...(traces.touched.get(stream) ?? [])];
    for (let first = 0; first < nodes.length; first += NODES) {
      const written = nodes
        .slice(first, first + NODES)
        .flatMap((node) => nodeRows(chat, chat.tree.node(node), root))
        .filter(({ table }) => table === 'turn' || table === 'memories');
      store.rebuilding.write([{ chat: id, rows: written }]);
      yield;
    }
  }
}

/** Erasures of the ledger that this database does not know of: it is a backup from before them. */
export const pendingIn = (ledger: ErasureLedger, { erasures }: Pick<Store, 'erasures'>) =>
  ledger.all().filter(({ id }) => !erasures.isDone(id));

/**
 * Applies what the ledger of erasures says to a database that nobody else works on: at the start, and to
 * a backup that is put back. Gives in steps; returns how many there were.
 * @throws where somebody reads the database, so that what was erased cannot leave its file.
 */
export function* applyErasures(
  ledger: ErasureLedger,
  needs: ErasingNeeds & { readonly log: Pick<Log, 'info'> },
): Generator<void, number> {
  const { store, log } = needs;
  const pending = pendingIn(ledger, store);
  if (pending.length === 0) return 0;
  for (const erasure of pending) {
    const made = madeBy(erasure, store);
    for (const family of store.erasures.stories(erasure.home)) {
      if (yield* isIn(family, erasure, made, store)) {
        yield* eraseStory(family, erasure, made, needs);
      }
    }
    for (const home of store.erasures.homes(erasure.home)) eraseHome(home, erasure, needs);
    store.erasures.forgetPerson(erasure.person);
  }
  yield* store.erasures.compact();
  if (!store.erasures.settle()) throw new Error('the database is read by somebody else');
  for (const { id } of pending) store.erasures.done(id);
  log.info({ erasures: pending.length }, 'what people had erased was erased here, too');
  return pending.length;
}
