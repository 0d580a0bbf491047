import type { APIMessage } from 'discord.js';
import type { NodeId } from '../../../src/engine/ids.ts';
import { canariesIn } from './canaries.ts';
import { type StoryRecord, wordsNow } from './storyRecord.ts';
import { isSpeech, type Wanderers, wordsIn } from './wanderers.ts';
import type { Place, WanderHouse } from './wanderHouse.ts';

/** Said again is what comes back of so many of the newest turns; what is older is in the log alone. */
const SAID_AGAIN = 20;

/** A turn of a line as its channel must show it: with what was said in going on from it. */
interface Block {
  readonly node: NodeId;
  readonly kind: 'user' | 'reply';
  readonly by: string;
  text: string;
  readonly messages: APIMessage[];
}

/**
 * Holds a channel to the line of the story that is played there: what the channel shows, minus what is
 * marked as left, is its transcript, each turn once and whole.
 * @param purged messages that vanished without anyone's wish: what they said may be out of sight.
 */
export function checkChannel(
  { sandbox, store }: WanderHouse,
  record: StoryRecord,
  { channel }: Place,
  purged: Wanderers['purged'],
): string[] {
  const chat = store.chatIn(channel);
  if (chat === null) return [];
  const problems: string[] = [];
  const blocks = blocksOf(record, chat);
  const all = sandbox.allMessages(channel);
  const isVanished = ({ node, text }: Block) =>
    store.deliveries.parts(node).some(({ message }) => purged.messages.has(message ?? '')) ||
    [...purged.words].some((part) => {
      const words = canariesIn(part);
      return words.length > 0
        ? words.some((word) => text.includes(word))
        : bare(text).includes(bare(part));
    });
  const unmarked = new Set(withoutMarked(all));
  const speech = all.filter(isSpeech);
  // Of two that say the same, the one that is not marked as left is meant.
  const ordered = [
    ...speech.filter((each) => unmarked.has(each)),
    ...speech.filter((each) => !unmarked.has(each)),
  ];
  for (const message of ordered) {
    const content = wordsIn(message.content);
    const words = canariesIn(content);
    const block = blocks.find(({ text, kind }) =>
      words.length > 0
        ? words.some((word) => text.includes(word))
        : kind === 'reply' && bare(text).includes(bare(content)),
    );
    const isMarked = !unmarked.has(message);
    if (block === undefined) {
      if (!isMarked && isOut(record, chat, words)) problems.push(`shows what left: ${content}`);
    } else if (!isMarked || bare(text(block)) !== bare(block.text)) {
      // First words have no canary: those of a story that was here before read just the same.
      if (words.length === 0) block.messages.length = 0;
      block.messages.push({ ...message, content });
    }
  }
  blocks.forEach((block, at) => {
    const shown = bare(text(block));
    if (shown === bare(block.text)) return;
    if (isVanished(block) || (shown === '' && at < blocks.length - SAID_AGAIN)) return;
    problems.push(
      `${block.kind} ${block.node} reads ${JSON.stringify(block.text.slice(0, 120))} (${block.text.length}), shown: ${JSON.stringify(block.messages.map(({ id, content }) => `${id} ${content.slice(0, 120)} (${content.length})`))}`,
    );
  });
  if (all.some((message) => JSON.stringify(message.components ?? []).includes(':stop:'))) {
    problems.push('a reply can still be stopped');
  }
  return problems.map((problem) => `${channel} (${chat}): ${problem}`);
}

/** What the line of a chat holds of its own, in order; what it inherited is shown elsewhere. */
function blocksOf(record: StoryRecord, chat: string): Block[] {
  const blocks: Block[] = [];
  for (const node of record.lineTo(chat, record.headOf(chat))) {
    const turn = record.turns.get(node);
    const text = turn === undefined ? null : wordsNow(turn);
    if (turn === undefined || turn.chat !== chat || turn.to !== null || text === null) continue;
    const root = turn.continues === null ? undefined : rootOf(record, turn.continues);
    const block = blocks.find((each) => each.node === root);
    if (block !== undefined) block.text += ` ${text}`;
    else blocks.push({ node: root ?? node, kind: turn.kind, by: turn.by, text, messages: [] });
  }
  return blocks;
}

function rootOf(record: StoryRecord, node: NodeId): NodeId {
  const continues = record.turns.get(node)?.continues;
  return continues ? rootOf(record, continues) : node;
}

/** Without what stands between the message that a line names and the line itself. */
function withoutMarked(all: readonly APIMessage[]): APIMessage[] {
  const marks = all.flatMap(({ id, content }) => {
    const first = /^-# From \S*\/(\d+) down to this line/.exec(content)?.[1];
    return first === undefined ? [] : [{ first: BigInt(first), last: BigInt(id) }];
  });
  return all.filter(({ id }) => {
    const at = BigInt(id);
    return !marks.some(({ first, last }) => first <= at && at < last);
  });
}

/** Whether words were a turn of a chat, and are not on its line any more. */
function isOut(record: StoryRecord, chat: string, words: readonly string[]): boolean {
  return words.some((word) =>
    record
      .holding(word)
      .some(
        (event) =>
          event.stream === `chat:${chat}` &&
          (event.type === 'UserSpoke' || event.type === 'ReplyCompleted') &&
          event.payload.text.includes(word),
      ),
  );
}

const text = ({ messages }: Block): string => messages.map(({ content }) => content).join('');

/** Splitting a text into messages costs the space where it is split. */
const bare = (text: string): string => text.replaceAll(/\s+/g, '');
