import type { DomainEvent } from '../../../src/engine/event.ts';
import type { NodeId } from '../../../src/engine/ids.ts';
import type { RecordedRequest } from '../modelServer.ts';
import { canariesIn } from './canaries.ts';
import type { StoryRecord } from './storyRecord.ts';
import type { WanderHouse } from './wanderHouse.ts';

/** Where and for whom a request to the model was made, as the log tells by what came of it. */
interface Asked {
  readonly chat: string;
  readonly node: NodeId;
  readonly at: string;
  /** Who reads what is in it. */
  readonly readers: readonly string[];
}

/**
 * Holds every request to the model to the logs: nothing in it is of another story, of a line that was
 * left, of words that were changed or taken away by then, of a whisper to others, or out of character.
 */
export function checkPrompts(house: WanderHouse, record: StoryRecord): string[] {
  const problems: string[] = [];
  // What somebody had erased stood in prompts before, and is in no log that could tell which it was.
  const erased = record.events.some(({ type }) => type === 'Erased');
  const asked = new Map<RecordedRequest, Asked>();
  for (const [word, request] of house.answered) {
    for (const event of record.holding(word)) {
      const found = askedFor(record, event);
      if (found !== null) {
        const readers = [...(asked.get(request)?.readers ?? []), ...found.readers];
        asked.set(request, { ...found, readers });
      }
    }
  }
  for (const request of [...house.models.requests, ...house.models.classifications]) {
    const words = canariesIn(request.body.messages);
    const roots = new Set(
      words.flatMap((word) => {
        const of = record.holding(word).filter(({ stream }) => stream.startsWith('chat:'));
        const found = [...new Set(of.map(({ stream }) => record.rootOf(stream.slice(5))))];
        // A word may have been carried on; it must at least share one story with the others.
        return found.length === 1 ? found : [];
      }),
    );
    if (roots.size > 1) problems.push(`a prompt of several stories: ${words}`);
    const about = asked.get(request);
    for (const word of words) {
      if (house.canaries.get(word)?.aside) problems.push(`out of character in a prompt: ${word}`);
      const events = record.holding(word);
      if (events.length === 0) {
        if (!erased) problems.push(`in a prompt and in no log: ${word}`);
      } else if (about !== undefined) {
        const line = new Set(record.lineTo(about.chat, about.node));
        const reasons = events.map((event) => objection(record, event, about, line));
        if (!reasons.includes(null)) {
          problems.push(`${word} in a prompt for ${about.node} of ${about.chat}: ${reasons}`);
        }
      }
    }
  }
  return problems;
}

function askedFor(record: StoryRecord, event: DomainEvent): Asked | null {
  const { node, at, stream } = event;
  if (node === null) return null;
  const chat = stream.slice(5);
  if (event.type === 'ReplyCompleted') {
    const turn = record.turns.get(node);
    return { chat, node, at: turn?.startedAt ?? at, readers: [event.payload.by] };
  }
  if (event.type === 'MemoryWritten' && event.run !== null) {
    return { chat, node, at, readers: [event.payload.owner] };
  }
  return null;
}

/** Why an event gives no right to its words in a prompt; null where it does. */
function objection(
  record: StoryRecord,
  event: DomainEvent,
  { chat, at, readers }: Asked,
  line: ReadonlySet<NodeId>,
): string | null {
  if (event.stream.startsWith('home:')) {
    const [any] = record.events.filter(({ stream }) => stream === `chat:${chat}`);
    return any && record.homeOf(any) === record.homeOf(event) ? null : 'of another home';
  }
  if (record.rootOf(event.stream.slice(5)) !== record.rootOf(chat)) return 'of another story';
  const node = event.type === 'TurnRevised' ? event.payload.turn : event.node;
  if (node === null) return null;
  if (!line.has(node)) return `${event.type} at ${node} is not on the line`;
  // What a person asked for holds, whatever becomes of the words that it was about.
  for (const source of event.run === null ? [] : event.sources) {
    if (isChanged(record, source.node, source.revision, at)) return `made from ${source.node}`;
  }
  const turn = record.turns.get(node);
  if (turn === undefined) return null;
  if (turn.to !== null && readers.some((each) => each !== turn.to && each !== turn.by)) {
    return `whispered at ${node}`;
  }
  const said = ['UserSpoke', 'ReplyCompleted', 'TurnRevised'].includes(event.type);
  // What is rewritten in the moment in which it was said has the same time.
  const { text = null } = event.payload as { text?: string };
  const revision = turn.words.findIndex((each) => each.at === event.at && each.text === text);
  return said && isChanged(record, node, revision, at) ? `${node} was changed before` : null;
}

/** Whether a text had been written anew, or taken away, before a moment. */
function isChanged(record: StoryRecord, node: NodeId, revision: number, at: string): boolean {
  const next = record.turns.get(node)?.words[revision + 1];
  return next !== undefined && next.at < at;
}
