import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Readers } from '../../src/app/ports/readership.ts';
import { Prompts } from '../../src/app/promptFor.ts';
import { readReceipt } from '../../src/app/readReceipt.ts';
import { recall } from '../../src/app/recall.ts';
import type { Elsewhere } from '../../src/app/sharing.ts';
import type { ChatId, NodeId } from '../../src/engine/ids.ts';
import { OPEN, openStories } from '../support/stories.ts';
import { ANN, MIRA, opening } from '../support/story.ts';

const OLAF = 'character:olaf';
const BOB = 'user:100000000000000008';
const OTHER_GUILD = '100000000000000077';
const CREW: Readers = { ...OPEN, who: 'the crew' };
const ADULT: Readers = { ...OPEN, ageRestricted: true };
const INVITED: Readers = { ...OPEN, invited: true };

let stories: ReturnType<typeof openStories>;
beforeEach(async () => {
  stories = openStories();
  stories.share();
  await stories.begin('here');
});
afterEach(() => stories.close());

/** Another story with one memory; which of some words would come to mind here. */
const toldOf = async (room: Readers | null, here = 'here') => {
  await stories.begin('there', room);
  await stories.remember('there', 'lantern');
  return stories.told(here, ['lantern']);
};

describe("a character's other stories", () => {
  test('do not come to its mind before somebody switched that on, nor after it was switched off', async () => {
    stories.share(false);
    expect(await toldOf(OPEN)).toEqual([]);
    stories.share();
    expect(await stories.told('here', ['lantern'])).toEqual(['lantern']);
    stories.share(false);
    expect(await stories.told('here', ['lantern'])).toEqual([]);
  });

  test('are those of its own home: never of another server, nor of direct messages', async () => {
    stories.share(true, OTHER_GUILD);
    await stories.begin('far', OPEN, OTHER_GUILD);
    await stories.begin('direct', OPEN, 'dm-100000000000000002');
    await stories.remember('far', 'lantern');
    await stories.remember('direct', 'anchor');
    await stories.remember('here', 'compass');
    const all = ['lantern', 'anchor', 'compass'];
    for (const chat of ['here', 'far', 'direct']) expect(await stories.told(chat, all)).toEqual([]);
  });

  test('are none of its branches, however deep, nor what they branched off', async () => {
    const first = await stories.branch('here');
    const second = await stories.branch(first);
    const third = await stories.branch('here');
    const words: Record<ChatId, string> = { here: 'lantern', [first]: 'anchor', [second]: 'rope' };
    for (const [chat, word] of Object.entries(words)) await stories.remember(chat, word);
    await stories.remember(third, 'compass');
    const all = [...Object.values(words), 'compass'];
    for (const chat of [...Object.keys(words), third]) {
      expect(await stories.told(chat, all)).toEqual([]);
    }
  });

  test('tell of one of their branches alone, the last played', async () => {
    await stories.begin('there');
    await stories.remember('there', 'shared');
    const branch = await stories.branch('there');
    await stories.remember('there', 'lantern');
    await stories.remember(branch, 'anchor');
    const all = ['shared', 'lantern', 'anchor'];
    expect(await stories.told('here', all)).toEqual(['shared', 'anchor']);
    await stories.say('there', 'On we go.');
    expect(await stories.told('here', all)).toEqual(['shared', 'lantern']);
  });

  test("tell what this character remembers, and nothing of anybody else's", async () => {
    await stories.begin('there');
    await stories.remember('there', 'lantern', { owner: OLAF });
    await stories.remember('there', 'anchor');
    expect(await stories.told('here', ['lantern', 'anchor'])).toEqual(['anchor']);
    expect(await stories.told('here', ['lantern', 'anchor'], OLAF)).toEqual([]);
  });

  test('tell what stands on their line now: nothing rewound, forgotten, reworded, or from before a reset', async () => {
    await stories.begin('there');
    const words = ['old', 'kept', 'forgotten', 'reworded', 'removed', 'revised', 'rewound'];
    await stories.remember('there', 'old');
    await stories.reset('there');
    const nodes: Record<string, NodeId> = {};
    for (const word of words.slice(1)) nodes[word] = await stories.remember('there', word);
    expect(await stories.told('here', words)).toEqual(words.slice(1));
    await stories.rewind('there', nodes.revised ?? '');
    await stories.forget('there', nodes.forgotten ?? '');
    await stories.reword('there', nodes.reworded ?? '');
    await stories.remove('there', nodes.removed ?? '');
    await stories.revise('there', nodes.revised ?? '', 'Private after all.');
    expect(await stories.told('here', [...words, 'private'])).toEqual(['kept']);
    expect(
      stories.store.nearMemories('there', MIRA, { words: ['kept'], after: -1 }).length,
    ).toBeGreaterThan(0);
  });

  test('where somebody else began anew, tell on', async () => {
    await stories.begin('there');
    await stories.remember('there', 'lantern');
    await stories.reset('there', OLAF);
    expect(await stories.told('here', ['lantern'])).toEqual(['lantern']);
  });

  test('tell nothing that was whispered, or written by hand', async () => {
    await stories.begin('there');
    await stories.remember('there', 'whispered', { whispered: true });
    await stories.remember('there', 'noted', { byHand: true });
    await stories.remember('there', 'aloud');
    expect(await stories.told('here', ['whispered', 'noted', 'aloud'])).toEqual(['aloud']);
  });

  test('that were put away tell on: they can be taken up again', async () => {
    await stories.begin('there');
    await stories.remember('there', 'lantern');
    await stories.archive('there');
    expect(await stories.told('here', ['lantern'])).toEqual(['lantern']);
  });

  test.each([
    ['nothing of a private thread, even where the same people see the channel', INVITED, []],
    ['nothing of a channel that not everyone here can see', CREW, []],
    ['nothing of a channel for adults where others read along', ADULT, []],
    ['nothing of a channel that nobody knows of any more', null, []],
    ['what was said before everyone', OPEN, ['lantern']],
  ] as const)('tell %s', async (_, room, expected) => {
    expect(await toldOf(room)).toEqual(expected);
  });

  test('of a channel for some are told where just those people read along', async () => {
    await stories.begin('crew', CREW);
    await stories.begin('adults', ADULT);
    await stories.begin('invited', { ...CREW, invited: true });
    expect(await toldOf(CREW, 'crew')).toEqual(['lantern']);
    expect(await stories.told('invited', ['lantern'])).toEqual(['lantern']);
    expect(await stories.told('adults', ['lantern'])).toEqual([]);
    expect(await stories.told('here', ['lantern'])).toEqual([]);
  });

  test('tell nothing once they were played where not everyone here reads along, wherever they went then', async () => {
    await toldOf(INVITED);
    await stories.move('there', OPEN);
    expect(await stories.told('here', ['lantern'])).toEqual([]);
    const branch = await stories.branch('there');
    await stories.remember(branch, 'anchor');
    expect(await stories.told('here', ['lantern', 'anchor'])).toEqual([]);
  });

  test('that wait nowhere yet, and a story that is played nowhere, are left alone', async () => {
    await toldOf(OPEN);
    await stories.archive('here');
    expect(await stories.told('here', ['lantern'])).toEqual([]);
  });
});

describe('among what comes to mind', () => {
  const recalled = async (elsewhere: Elsewhere | null) =>
    recall(stories.store, stories.chats.read('here'), MIRA, {
      texts: ['A wolf was seen by the mill.'],
      elsewhere,
    });
  const elsewhere = () => stories.sharing.of(stories.chats.read('here'), MIRA);

  test('what is of this story stands before what is of another and fits as well', async () => {
    await stories.begin('there');
    await stories.remember('there', 'A wolf was seen by the old mill.');
    await stories.remember('here', 'A wolf was seen near a mill.');
    const found = await recalled(await elsewhere());
    expect(found.map(({ from }) => from?.chat)).toEqual([undefined, 'there']);
    const [own, other] = found;
    expect(other?.score).toBeLessThan((own?.score ?? 0) * 0.75);
    expect(other?.from?.name).toBe(stories.chats.read('there').frame.name);
  });

  test('there are at most two of other stories, and none where they are kept apart', async () => {
    for (const [chat, beast] of [
      ['one', 'grey'],
      ['two', 'lame'],
      ['three', 'white'],
    ] as const) {
      await stories.begin(chat);
      await stories.remember(chat, `A ${beast} wolf fled from the mill.`);
    }
    expect(await recalled(await elsewhere())).toHaveLength(2);
    expect(await recalled(null)).toEqual([]);
  });

  test('a prompt says of another story that it is one, and its receipt which', async () => {
    await stories.begin('there');
    await stories.remember('there', 'A wolf was seen by the mill.');
    await stories.say('here', 'What of the wolf and the mill?');
    const { store, chats, sharing } = stories;
    const budget = { soft: 4_000, hard: 4_000 };
    const settings = { model: 'm', budget, olderTurns: 0 };
    const count = (text: string) => text.length;
    const prompts = new Prompts({
      store,
      meanings: null,
      sharing,
      settings,
      books: () => [],
      count,
    });
    const chat = chats.read('here');
    const { system, receipt } = prompts.next(chat, MIRA, await prompts.elsewhere(chat, MIRA));
    const { name } = chats.read('there').frame;
    expect(system).toContain(
      `<section name="other stories">\n- From another time, in the story "${name}", no part of this one: A wolf was seen by the mill.\n</section>`,
    );
    expect(receipt.memories).toMatchObject([{ from: 'there', included: true }]);

    const read = (person: string, mayAll: boolean) =>
      readReceipt({ store, chats, rights: { may: () => mayAll } }, chat, receipt, {
        person,
        managesChannels: false,
        managesServer: false,
        roles: [],
      }).map(({ text, from }) => [text, from?.name]);
    const whole = ['A wolf was seen by the mill.', name];
    expect(read(ANN, false)).toEqual([whole]);
    expect(read(BOB, false)).toEqual([[null, null]]);
    expect(read(BOB, true)).toEqual([whole]);
  });
});

const rooms = [OPEN, OPEN, OPEN, OPEN, CREW, CREW, ADULT, INVITED, null] as const;
const ours = opening.home;
const homes = [ours, ours, ours, ours, OTHER_GUILD, 'dm-100000000000000002'];
const step = fc.record({
  story: fc.nat(4),
  does: fc.constantFrom(
    ...(['say', 'say', 'say', 'say', 'whisper', 'note', 'other', 'branch'] as const),
    ...(['reset', 'rewind', 'forget', 'reword', 'move', 'archive'] as const),
  ),
  at: fc.nat(50),
});

/** A step of a line as the test itself knows it: nothing of how it is stored. */
interface Mark {
  /** The chat that it was done in. */
  readonly chat: ChatId;
  readonly node: NodeId;
  readonly word?: string;
  readonly open?: boolean;
  readonly forgets?: NodeId;
  readonly reset?: true;
}

interface Known {
  readonly chat: ChatId;
  readonly root: ChatId;
  readonly home: string;
  /** Where it was played by itself. */
  readonly rooms: (Readers | null)[];
  line: Mark[];
  changed: number;
  bound: boolean;
}

const mayRead = (there: Readers | null, here: Readers) =>
  there !== null &&
  !there.invited &&
  (here.ageRestricted || !there.ageRestricted) &&
  (there.who === 'everyone' || there.who === here.who);

/** Which words may come to mind in one story, by the rules as people read them. */
function allowed(all: ReadonlyMap<ChatId, Known>, here: Known, reworded: ReadonlySet<NodeId>) {
  const now = here.rooms.at(-1) ?? null;
  if (!here.bound || here.home.startsWith('dm-') || now === null) return [];
  const placesOf = ({ chat, root, line }: Known) =>
    [chat, root, ...line.map((mark) => mark.chat)].flatMap((each) => all.get(each)?.rooms ?? []);
  const open = [...all.values()]
    .filter(({ root, home }) => home === here.home && root !== here.root)
    .filter((each) => placesOf(each).every((room) => mayRead(room, now)))
    .sort((a, b) => b.changed - a.changed);
  const last = open.filter((each, at) => open.findIndex(({ root }) => root === each.root) === at);
  return last.flatMap(({ line }) => {
    const since = line.slice(line.findLastIndex(({ reset }) => reset) + 1);
    const gone = new Set(line.map(({ forgets }) => forgets));
    return since.flatMap(({ node, word, open: isOpen }) =>
      word !== undefined && isOpen && !gone.has(node) && !reworded.has(node) ? [word] : [],
    );
  });
}

/** Plays steps in several stories, and keeps the test's own account of them. */
async function played(
  begun: readonly (readonly [room: number, home: number])[],
  steps: readonly { readonly story: number; readonly does: string; readonly at: number }[],
) {
  const world = openStories();
  for (const home of new Set(homes)) world.share(true, home);
  const all = new Map<ChatId, Known>();
  const reworded = new Set<NodeId>();
  const words: string[] = [];
  let time = 0;
  const touch = (chat: ChatId) => {
    const known = all.get(chat);
    time += 1;
    if (known !== undefined) known.changed = time;
  };
  for (const [at, [place, owned]] of begun.entries()) {
    const [room, home] = [rooms[place] ?? null, homes[owned] ?? ''];
    const chat = await world.begin(`story${at}`, room, home);
    all.set(chat, { chat, root: chat, home, rooms: [room], line: [], changed: 0, bound: true });
    touch(chat);
  }
  for (const { story, does, at } of steps) {
    const known = [...all.values()][story % all.size] as Known;
    const { chat, line } = known;
    const room = rooms[at % rooms.length] ?? null;
    const said = line.filter(({ word }) => word !== undefined);
    const one = said[at % Math.max(1, said.length)];
    const isHers = one?.open && line.findLastIndex(({ reset }) => reset) < line.indexOf(one);
    const isThere = isHers && !reworded.has(one.node);
    if (['say', 'whisper', 'note', 'other'].includes(does)) {
      const word = `canary${words.length}x`;
      words.push(word);
      const owner = does === 'other' ? OLAF : MIRA;
      const way = { whispered: does === 'whisper', byHand: does === 'note', owner };
      const node = await world.remember(chat, word, way);
      line.push({ chat, node, word, open: does === 'say' });
      touch(chat);
    } else if (does === 'branch' && all.size < 8) {
      const branch = await world.branch(chat, room);
      all.set(branch, { ...known, chat: branch, rooms: [room], line: [...line], bound: true });
      touch(branch);
    } else if (does === 'reset') {
      await world.reset(chat);
      line.push({ chat, node: '', reset: true });
      touch(chat);
    } else if (does === 'rewind' && one !== undefined && one !== line.at(-1)) {
      await world.rewind(chat, one.node);
      known.line = line.slice(0, line.indexOf(one) + 1);
      touch(chat);
    } else if (does === 'forget' && isThere && line.every(({ forgets }) => forgets !== one.node)) {
      await world.forget(chat, one.node);
      line.push({ chat, node: '', forgets: one.node });
      touch(chat);
    } else if (does === 'reword' && isThere) {
      await world.reword(one.chat, one.node);
      touch(one.chat);
      reworded.add(one.node);
    } else if (does === 'move') {
      await world.move(chat, room);
      known.rooms.push(room);
      known.bound = true;
      touch(chat);
    } else if (does === 'archive' && known.bound) {
      await world.archive(chat);
      known.bound = false;
      touch(chat);
    }
  }
  return { world, all, reworded, words };
}

test('whatever was done in whatever order: nothing of another home, owner, branch or private place, nothing off the line, and all the rest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(rooms.length - 1), fc.nat(homes.length - 1)), {
        minLength: 3,
        maxLength: 5,
      }),
      fc.array(step, { minLength: 8, maxLength: 24 }),
      async (begun, steps) => {
        const { world, all, reworded, words } = await played(begun, steps);
        for (const [chat, known] of all) {
          const told = await world.told(chat, words);
          expect(told.toSorted()).toEqual(allowed(all, known, reworded).toSorted());
        }
        world.close();
      },
    ),
    { numRuns: 25 },
  );
});
