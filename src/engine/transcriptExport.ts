import type { EntityId, NodeId } from './ids.ts';
import type { Segment } from './segments.ts';
import type { StoryState, Turn } from './state/story.ts';

/** A turn as it is exported. */
export interface ExportedTurn {
  readonly node: NodeId;
  /** Real time, ISO 8601 in UTC. */
  readonly at: string;
  readonly by: EntityId;
  readonly name: string;
  readonly kind: Turn['kind'];
  /** Who alone it was meant for, by name; null for everyone near. */
  readonly to: string | null;
  readonly segments: readonly Segment[];
  readonly truncated: boolean;
}

export interface ExportedStory {
  readonly name: string;
  readonly characters: readonly string[];
}

/** The turn that stands at a node, as it is exported; null where none does, or it has no words. */
export function exportedTurn(story: StoryState, node: NodeId, at: string): ExportedTurn | null {
  const turn = story.turns.findLast((each) => each.node === node);
  if (turn === undefined) return null;
  const nameOf = (entity: EntityId) => story.cast[entity]?.name ?? '';
  const segments =
    turn.kind === 'user' ? turn.segments : [{ kind: 'dialogue' as const, text: turn.text }];
  if (segments.every(({ text }) => text === '')) return null;
  return {
    node,
    at,
    by: turn.by,
    name: nameOf(turn.by),
    kind: turn.kind,
    to: turn.to === null ? null : nameOf(turn.to),
    segments,
    truncated: turn.kind === 'reply' && turn.truncated,
  };
}

/** Whether someone perceived what was said last; `null` is whoever may read everything. */
export const isWitnessed = (story: StoryState, node: NodeId, viewer: EntityId | null): boolean =>
  viewer === null ||
  story.turns.findLast((each) => each.node === node)?.witnesses.includes(viewer) === true;

/** What stands in an export besides the story's own words. */
export interface ExportWords {
  readonly cast: (names: string) => string;
  readonly whispers: (name: string, to: string) => string;
}

/** How a story begins in Markdown. */
export const markdownHead = ({ name, characters }: ExportedStory, words: ExportWords): string =>
  `# ${name}\n\n${characters.length === 0 ? '' : `${words.cast(characters.join(', '))}\n\n`}`;

/** A turn in Markdown; what is out of character is dimmed: small, in grey, where a reader knows that. */
export function markdownOf(
  { name, to, segments, truncated }: ExportedTurn,
  words: ExportWords,
): string {
  const heading = to === null ? `**${name}**` : words.whispers(`**${name}**`, to);
  const body = segments
    .map(({ kind, text }) => {
      if (kind === 'action') return `*${text}*`;
      if (kind === 'dialogue') return text;
      return `<sub>((${text.replaceAll('<', '&lt;')}))</sub>`;
    })
    .join(' ');
  return `${heading}\n\n${body}${truncated ? ' …' : ''}\n\n`;
}

/** A turn as a line of JSON. */
export const jsonOf = (turn: ExportedTurn): string => JSON.stringify(turn);

/**
 * Cuts an export into files that each stay within a limit, between turns.
 *
 * @param bytes how long a text is.
 */
export function inParts(
  pieces: readonly string[],
  {
    head,
    between,
    tail,
  }: { readonly head: string; readonly between: string; readonly tail: string },
  limit: number,
  bytes: (text: string) => number,
): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  const frame = bytes(head) + bytes(tail);
  let size = frame;
  const close = () => {
    parts.push(head + part.join(between) + tail);
    part = [];
    size = frame;
  };
  for (const piece of pieces) {
    const more = bytes(piece) + bytes(between);
    if (part.length > 0 && size + more > limit) close();
    part.push(piece);
    size += more;
  }
  if (part.length > 0 || parts.length === 0) close();
  return parts;
}
