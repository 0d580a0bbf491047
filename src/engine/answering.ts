import type { EntityId, NodeId } from './ids.ts';
import { isCharacter } from './ids.ts';
import { isAwake } from './presence.ts';
import { perceived } from './segments.ts';
import type { ReplyTurn, StoryState, Turn, UserTurn } from './state/story.ts';
import { isPerceived, unanswered } from './turns.ts';
import type { Settings } from './world.ts';

/** The reply that is due: whose it is, and the turns that it answers. */
export interface DueReply {
  readonly by: EntityId;
  readonly answers: readonly NodeId[];
}

/**
 * Who answers next (DESIGN 4.2), told by the story alone, so that a round of several speakers goes on
 * after a restart: first what nobody has answered, then whoever the round still waits for. Null when
 * everyone has spoken who was to.
 */
export function dueReply(story: StoryState, rule: Settings['answers']): DueReply | null {
  if (isStreaming(story.turns.findLast(({ to }) => to === null))) return null;
  // A whisper is answered as it is whispered, and to nobody else.
  const open = unanswered(story).filter(({ to }) => to === null);
  const [first] = open.length === 0 ? [] : speakersFor(story, rule, open);
  if (first !== undefined) return replyBy(first, open);
  for (const round of roundsOf(story)) {
    const by = speakersFor(story, rule, round.group).find((each) => !round.spoken.includes(each));
    if (by !== undefined) return replyBy(by, round.group);
  }
  return null;
}

/** Characters who answer some turns together, in their order. Only those who perceived them do. */
export function speakersFor(
  story: StoryState,
  rule: Settings['answers'],
  group: readonly UserTurn[],
): EntityId[] {
  const able = Object.keys(story.cast).filter((entity) => canAnswer(story, entity, group));
  const called = addressed(story, able, group);
  if (called.length > 0 || able.length < 2) return called.length > 0 ? called : able;
  const [first] = group;
  const before = story.turns.slice(
    0,
    story.turns.findIndex((turn) => turn.node === first?.node),
  );
  const last = before.findLast((turn) => isReply(turn) && able.includes(turn.by))?.by;
  const inTurn = after(able, last);
  switch (rule) {
    case 'addressed':
      // Whoever was spoken with goes on; nobody else was asked.
      return last === undefined ? inTurn.slice(0, 1) : [last];
    case 'round':
      return inTurn.slice(0, 1);
    case 'everyone':
      return inTurn;
    case 'talkative':
      return talkative(inTurn, group.at(-1)?.node ?? '');
  }
}

const isReply = (turn: Turn): turn is ReplyTurn =>
  turn.kind === 'reply' && turn.status !== 'failed';
const isStreaming = (turn: Turn | undefined): boolean =>
  turn?.kind === 'reply' && turn.status === 'streaming';

function canAnswer(story: StoryState, entity: EntityId, group: readonly UserTurn[]): boolean {
  if (!isCharacter(entity) || !story.cast[entity]?.sheet || !isAwake(story, entity)) return false;
  return group.some(
    (turn) =>
      isPerceived(turn) &&
      turn.witnesses.includes(entity) &&
      turn.hiddenFrom?.includes(entity) !== true,
  );
}

const replyBy = (by: EntityId, group: readonly UserTurn[]): DueReply => ({
  by,
  answers: group.map(({ node }) => node),
});

interface Round {
  readonly group: readonly UserTurn[];
  readonly spoken: readonly EntityId[];
}

/** What the replies since the last message have answered; none where a person has stopped one. */
function roundsOf(story: StoryState): Round[] {
  const turns = story.turns.filter(({ to }) => to === null);
  const since = turns.slice(turns.findLastIndex(({ kind }) => kind === 'user') + 1).filter(isReply);
  if (since.some(({ stopped }) => stopped)) return [];
  const rounds = Map.groupBy(
    since.filter(({ answers }) => answers.length > 0),
    ({ answers }) => answers.join(' '),
  );
  return [...rounds.values()].map((replies) => ({
    group: turns.filter(
      (turn): turn is UserTurn =>
        turn.kind === 'user' && replies[0]?.answers.includes(turn.node) === true,
    ),
    spoken: replies.map(({ by }) => by),
  }));
}

/** Those whose words are replied to, or who are called by name, in the order in which that happens. */
function addressed(
  story: StoryState,
  able: readonly EntityId[],
  group: readonly UserTurn[],
): EntityId[] {
  const called = new Set<EntityId>();
  for (const turn of group) {
    const quoted = turn.quote?.entity ?? null;
    if (quoted !== null && able.includes(quoted)) called.add(quoted);
    const text = perceived(turn.segments);
    const named = able
      .map((entity) => ({ entity, at: firstMention(text, story.cast[entity]?.name ?? '') }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    for (const { entity } of named) called.add(entity);
  }
  return [...called];
}

/** Words that begin many names and call nobody. */
const NOT_A_NAME =
  /^(?:the|an?|mr|mrs|ms|miss|dr|sir|lady|lord|king|queen|old|captain|doctor)\.?$/i;

/** Where a text first calls someone by the whole name or the first; -1 where it does not. */
function firstMention(text: string, name: string): number {
  const first = name.split(/\s+/)[0] ?? '';
  const calls = [name, ...(first.length > 1 && !NOT_A_NAME.test(first) ? [first] : [])]
    .filter((each) => each !== '')
    .map((each) => each.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  if (calls.length === 0) return -1;
  return text.search(
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${calls.join('|')})(?![\\p{L}\\p{N}])`, 'iu'),
  );
}

/** Everyone in turn, beginning after whoever spoke last. */
function after(able: readonly EntityId[], last: EntityId | undefined): EntityId[] {
  const at = last === undefined ? -1 : able.indexOf(last);
  return [...able.slice(at + 1), ...able.slice(0, at + 1)];
}

/** Each has something to say every other time, by the turn's id; somebody always does. */
function talkative(able: readonly EntityId[], turn: NodeId): EntityId[] {
  const die = (entity: EntityId) => hash(`${turn} ${entity}`) % 100;
  const talking = able.filter((entity) => die(entity) < 50);
  return talking.length > 0 ? talking : able.toSorted((a, b) => die(a) - die(b)).slice(0, 1);
}

/** FNV-1a: spreads ids evenly, and the same way every time. */
export function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return (sum ^ (sum >>> 15)) >>> 0;
}
