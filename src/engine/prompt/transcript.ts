import type { EntityId, NodeId } from '../ids.ts';
import { perceived } from '../segments.ts';
import type { StoryState, Turn, UserTurn } from '../state/story.ts';
import type { Counted, Counts } from './counts.ts';

/** One step of the story as a model reads it. */
export interface Line {
  readonly role: 'user' | 'assistant' | 'system';
  readonly text: string;
  /** Addresses of pictures that were shown with it. */
  readonly images: readonly string[];
}

/** Longest stretch of quoted words that a character is reminded of. */
const QUOTED = 300;

/** Whether a turn is `character`'s to know: it perceived it, and was not reset since. */
export const isKnown = (turn: Turn, character: EntityId): boolean =>
  turn.witnesses.includes(character) && turn.hiddenFrom?.includes(character) !== true;

/** What of a turn can be perceived; empty for a silent step. */
export const textOf = (turn: Turn): string =>
  turn.kind === 'reply' ? turn.text : perceived(turn.segments);

export interface Viewpoint {
  readonly story: StoryState;
  readonly character: EntityId;
  /** A turn that somebody quotes; null where it is not on the line. */
  readonly turn: (node: NodeId) => Turn | null;
}

/**
 * A turn as `character` perceived it: its own words as its answer, everyone else's under their names;
 * null for what it did not perceive, what is out of character, and replies without words.
 */
export function lineOf(turn: Turn, view: Viewpoint, counts: Counts): Counted<Line> | null {
  const { story, character } = view;
  if (!isKnown(turn, character)) return null;
  if (turn.kind === 'reply' && turn.by === character) {
    return counts.line<Line>(turn, 'own', '', () => {
      const text = turn.text.trim();
      return text === '' ? null : { role: 'assistant', text, images: [] };
    });
  }
  const quote = turn.kind === 'user' ? quoted(turn, view) : '';
  const to = turn.to === null ? '' : ` (whispering to ${nameOf(story, turn.to)})`;
  const speaker = `${nameOf(story, turn.by)}${to}`;
  return counts.line<Line>(turn, 'heard', `${speaker}\n${quote}`, () => {
    const said = turn.kind === 'reply' ? turn.text.trim() : spoken(turn, quote);
    if (said === '') return null;
    return { role: 'user', text: `${speaker}: ${said}`, images: picturesOf(turn) };
  });
}

const picturesOf = (turn: Turn): string[] =>
  turn.kind === 'reply'
    ? []
    : turn.attachments.flatMap(({ url, type }) =>
        url !== null && type?.startsWith('image/') ? [url] : [],
      );

function spoken(turn: UserTurn, quote: string): string {
  const said = perceived(turn.segments).trim();
  const shown = turn.attachments.map(({ name, type, size }) => `${name}${kindOf(type, size)}`);
  if (said === '' && shown.length === 0) return '';
  const parts = [quote, said, shown.length === 0 ? '' : `[shows: ${shown.join(', ')}]`];
  return parts.filter(Boolean).join(' ');
}

function kindOf(type: string | null, size: number): string {
  const kilobytes = Math.max(1, Math.round(size / 1_000));
  const much = kilobytes < 1_000 ? `${kilobytes} KB` : `${(kilobytes / 1_000).toFixed(1)} MB`;
  return ` (${type === null ? '' : `${type.split(';')[0]}, `}${much})`;
}

/**
 * The words that a message replies to, as their author last left them, where `character` perceived them:
 * a quotation is no way to learn what was said out of its hearing, or out of character.
 */
function quoted({ quote }: UserTurn, { story, character, turn }: Viewpoint): string {
  const said = quote === null || quote.node === null ? null : turn(quote.node);
  if (said === null || !isKnown(said, character)) return '';
  const text = textOf(said).replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  const some = text.length > QUOTED ? `${[...text].slice(0, QUOTED).join('')}…` : text;
  return `[about ${nameOf(story, said.by)}'s words "${some}"]`;
}

export const nameOf = (story: StoryState, entity: EntityId): string =>
  story.cast[entity]?.name ?? 'Someone';
