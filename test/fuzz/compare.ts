import { removeTurn } from '../../src/engine/deciders/changeWords.ts';
import { speak } from '../../src/engine/deciders/speak.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { ChatId } from '../../src/engine/ids.ts';
import { type StoryNode, turnOf } from '../../src/engine/node.ts';
import { MIRA } from '../support/story.ts';
import { begin, isDigested, outcome, textOf } from './digests.ts';
import { EVERYTHING, OLAF, speech } from './material.ts';
import { Play } from './play.ts';

export interface Seen {
  readonly story: unknown;
  readonly memories: unknown;
  readonly transcript: unknown;
  readonly found: unknown;
  /** By one word each, and beside it; every sixth word, for the sake of time. */
  readonly near: unknown;
  /** What other stories may hear of, by fewer words still. */
  readonly told: unknown;
}

/** Everything that a prompt, a search or a drawer could read of a chat. */
export function seen(play: Play, id: ChatId): Seen {
  const { store } = play;
  const words = [...play.said.values()].flatMap((each) => [...each]);
  const some = words.filter((_, at) => at % 6 === 0);
  const few = words.filter((_, at) => at % 24 === 3);
  const owners = [MIRA, OLAF];
  return {
    story: play.chats.read(id).story,
    memories: owners.map((owner) => store.memories(id, owner, EVERYTHING)),
    transcript: store.transcript(id, 10_000),
    found: owners.map((owner) =>
      store
        .memories(id, owner, { ...EVERYTHING, words })
        .map(({ memory }) => memory.node)
        .sort(),
    ),
    near: owners.map((owner) =>
      some.map((word) =>
        store
          .nearMemories(id, owner, { words: [word], after: -1 })
          .map(({ memory, text, scene, storyTime, position, significance, match }) => {
            const matches = match > 0;
            return {
              memory,
              text,
              scene: scene !== null,
              storyTime,
              position,
              significance,
              matches,
            };
          }),
      ),
    ),
    told: owners.map((owner) =>
      few.map((word) =>
        store
          .memoriesElsewhere([id], owner, [word])
          .map(({ memory, text }) => `${memory.node} ${text}`)
          .sort(),
      ),
    ),
  };
}

/**
 * What a fresh chat shows that is issued only the commands of a line's nodes, in order, texts as last
 * left, a removed turn as a silent step, every derivation at once, world moves as first derived.
 */
export async function asIfFresh(play: Play, id: ChatId, prefix: string): Promise<Seen> {
  const live = play.chats.read(id);
  const fresh = new Play(play.store, prefix, play.draw);
  const chatId = `${prefix}-chat`;
  const renamed = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(`${play.prefix}x`, `${prefix}x`)) as T;
  // The frame is set up without a story: the kickoff is a node of the line like every other.
  await fresh.run(chatId, () => [{ type: 'ChatRenamed', payload: { name: 'fresh' } }]);
  for (const each of live.line()) {
    const node = live.tree.node(each);
    const name = renamed(each);
    const text = textOf(live, each);
    const removed = live.tree.wordsOf(each)?.text === null;
    if (turnOf(node)?.kind === 'user') {
      await fresh.run(chatId, (chat) => speak(speech(name, text), chat));
    } else {
      await fresh.run(chatId, () => renamed(asked(node, text)));
      if (removed) await fresh.run(chatId, (chat) => removeTurn({ turn: name }, chat));
    }
    const chat = fresh.chats.read(chatId);
    if (!isDigested(chat, name)) continue;
    for (const kind of ['digest', 'summary'] as const) {
      if (kind === 'summary' && turnOf(node) !== null) continue;
      const moves = play.firstMoves.get(each)?.moves ?? 0;
      await fresh.run(chatId, () => outcome(begin(chat, name, kind, 1), moves));
    }
  }
  const back = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(`${prefix}x`, `${play.prefix}x`)) as T;
  for (const [node, words] of play.said) fresh.said.set(node, words);
  return back(seen(fresh, chatId));
}

/** The command of a node, and what became of a reply: its words, as far as it has any. */
function asked(node: StoryNode, text: string): NewEvent[] {
  const plain = [...node.own, ...node.results.filter((event) => event.run === null)];
  return plain.map(({ type, payload, node: name }) => {
    const words = type === 'ReplyCompleted' && text !== '' ? { ...payload, text } : payload;
    return { type, payload: words, node: name } as NewEvent;
  });
}

/** Words that a chat must not show: of turns off its line, of older revisions, of what was removed. */
export function leaks(play: Play, id: ChatId, shown: Seen): string[] {
  const chat = play.chats.read(id);
  const allowed = new Set(chat.line().map((node) => textOf(chat, node)));
  const text = JSON.stringify(shown);
  return [...play.said.values()]
    .flatMap((words) => [...words])
    .filter((word) => !allowed.has(word) && text.includes(word));
}
