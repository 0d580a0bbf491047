import { Chats } from '../../src/app/chats.ts';
import { Homes } from '../../src/app/homes.ts';
import type { Readers } from '../../src/app/ports/readership.ts';
import { Sharing } from '../../src/app/sharing.ts';
import { archiveChat } from '../../src/engine/deciders/archiveChat.ts';
import { beginChat } from '../../src/engine/deciders/beginChat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { removeTurn, reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { configureHome } from '../../src/engine/deciders/configureHome.ts';
import { editStory } from '../../src/engine/deciders/editStory.ts';
import { rewind } from '../../src/engine/deciders/moveHead.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { sharingKey } from '../../src/engine/homeSettings.ts';
import type { ChatId, EntityId, HomeId, NodeId } from '../../src/engine/ids.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, MIRA, opening, said } from './story.ts';

export const OPEN: Readers = { who: 'everyone', invited: false, ageRestricted: false };
const GUILD = opening.home;

/** How a memory came about, and whose it is. */
interface Way {
  readonly owner?: EntityId;
  readonly whispered?: boolean;
  readonly byHand?: boolean;
}

/** Stories side by side over the real store; who reads along where is a table. */
export function openStories() {
  const store = sqliteStore(openDatabase(':memory:'));
  let now = Date.UTC(2026, 10, 21);
  const clock = { now: () => (now += 1_000), sleep: () => Promise.resolve() };
  const chats = new Chats(store, clock);
  const homes = new Homes(store, clock, []);
  const readers = new Map<string, Readers>();
  const sharing = new Sharing({
    store,
    homes,
    readership: { of: async (channel) => readers.get(channel) ?? null },
    sharing: { most: 2, weight: 0.5, stories: 20 },
  });
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const id = (what: string) => `${what}${next()}`;
  const channel = () => `2${String(next()).padStart(17, '0')}`;
  const run = (chat: ChatId, decide: (known: ReturnType<Chats['read']>) => readonly NewEvent[]) =>
    chats.execute({ chat, id: id('m'), actor: ANN, decide });
  const bind = (room: Readers | null): string => {
    const bound = channel();
    if (room !== null) readers.set(bound, room);
    return bound;
  };
  return {
    store,
    chats,
    sharing,
    run,
    close: () => store.close(),
    share: (on = true, home: HomeId = GUILD) =>
      homes.execute({
        home,
        id: id('h'),
        actor: ANN,
        decide: (state) => configureHome({ [sharingKey(MIRA)]: on }, state),
      }),
    /** @param room null for a channel of which nothing is known */
    begin: async (chat: ChatId, room: Readers | null = OPEN, home: HomeId = GUILD) => {
      const nodes = { kickoff: id('k'), greetings: [id('g')] };
      const guild = home.startsWith('dm-') ? null : home;
      await run(chat, () => beginChat({ ...opening, home, guild, channel: bind(room), nodes }));
      return chat;
    },
    /** Plays it on in another channel. */
    move: (chat: ChatId, room: Readers | null) =>
      run(chat, ({ frame }) => [
        ...(frame.binding === null
          ? []
          : [{ type: 'ChatUnbound' as const, payload: { why: 'moved' as const } }]),
        { type: 'ChatBound', payload: { channel: bind(room), guild: GUILD } },
      ]),
    archive: (chat: ChatId) => run(chat, (known) => archiveChat('archived', known)),
    /** Something is said, and remembered in some words; gives the node of both. */
    remember: async (chat: ChatId, text: string, way: Way = {}): Promise<NodeId> => {
      const { owner = MIRA, whispered = false, byHand = false } = way;
      const node = id('n');
      const spoken = said(node, text) as Extract<NewEvent, { type: 'UserSpoke' }>;
      const to = whispered ? owner : null;
      const payload = { ...spoken.payload, to, message: channel() };
      await run(chat, () => [{ ...spoken, payload }]);
      const at = byHand ? id('n') : node;
      const made = {
        sources: [{ node, revision: 0 }],
        run: { of: 'digest' as const, owner: null, number: 1 },
      };
      const memory: NewEvent = {
        type: 'MemoryWritten',
        node: at,
        ...(byHand ? {} : made),
        payload: {
          owner,
          text,
          kind: 'event',
          witnesses: [owner, ANN],
          scene: null,
          storyTime: 0,
          source: 'direct',
          reliability: 100,
          significance: 1,
        },
      };
      await run(chat, () => [memory]);
      return at;
    },
    say: (chat: ChatId, text: string) => {
      const spoken = said(id('n'), text) as Extract<NewEvent, { type: 'UserSpoke' }>;
      return run(chat, () => [{ ...spoken, payload: { ...spoken.payload, message: channel() } }]);
    },
    /** Begins anew within the story. */
    reset: (chat: ChatId, entity: EntityId = MIRA) =>
      run(chat, () => [{ type: 'CharacterReset', node: id('r'), payload: { entity } }]),
    forget: (chat: ChatId, node: NodeId) =>
      run(chat, (known) => {
        const payload = { memory: { node, owner: MIRA } };
        return editStory({ node: id('f'), edit: { type: 'MemoryForgotten', payload } }, known);
      }),
    revise: (chat: ChatId, node: NodeId, text: string) =>
      run(chat, (known) => {
        const payload = { memory: { node, owner: MIRA }, text };
        return editStory({ node: id('f'), edit: { type: 'MemoryRevised', payload } }, known);
      }),
    rewind: (chat: ChatId, to: NodeId) => run(chat, (known) => rewind({ to }, known)),
    reword: (chat: ChatId, turn: NodeId) =>
      run(chat, (known) => reviseTurn({ turn, text: 'Else.', readable: 'Else.' }, known)),
    remove: (chat: ChatId, turn: NodeId) => run(chat, (known) => removeTurn({ turn }, known)),
    branch: async (of: ChatId, room: Readers | null = OPEN): Promise<ChatId> => {
      const branch = id('branch');
      const asked = { name: branch, owner: ANN, channel: bind(room), guild: GUILD };
      await chats.execute({
        chat: branch,
        id: id('m'),
        actor: ANN,
        branchOf: of,
        decide: () => {
          const parent = chats.read(of);
          return branchChat({ ...asked, after: parent.head ?? '' }, parent);
        },
      });
      return branch;
    },
    /** What of other stories would come to mind by some words, one by one. */
    told: async (chat: ChatId, words: readonly string[], owner = MIRA): Promise<string[]> => {
      const elsewhere = await sharing.of(chats.read(chat), owner);
      const there = elsewhere?.stories.map((story) => story.chat) ?? [];
      return words.filter((word) => store.memoriesElsewhere(there, owner, [word]).length > 0);
    },
  };
}
