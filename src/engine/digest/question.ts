import type { EntityId, NodeId } from '../ids.ts';
import { perceived } from '../segments.ts';
import type { StoryState } from '../state/story.ts';
import type { Read } from './covered.ts';

/** A text for the classifier: data, under a name of Troupe's own. */
export interface Material {
  readonly name: string;
  readonly text: string;
}

/** Short ids for the people and turns of one question, and the way back. */
export interface Handles {
  readonly people: readonly EntityId[];
  readonly turns: readonly NodeId[];
  /** Null for somebody whom the question did not name. */
  entity(named: string): EntityId | null;
  turn(named: string): NodeId | null;
}

export function handlesFor(
  story: StoryState,
  people: readonly EntityId[],
  turns: readonly NodeId[],
): Handles {
  const named = (text: string, name: (entity: EntityId) => string): EntityId | null => {
    const found = people.filter((entity) => plain(name(entity)) === text);
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  return {
    people,
    turns,
    entity: (given) => {
      const text = plain(given);
      const byId = /^e(\d{1,4})$/.exec(text);
      if (byId !== null) return people[Number(byId[1]) - 1] ?? null;
      const nameOf = (entity: EntityId) => story.cast[entity]?.name ?? '';
      return named(text, nameOf) ?? named(text, (entity) => nameOf(entity).split(/\s/)[0] ?? '');
    },
    turn: (given) => {
      const byId = /^t(\d{1,4})$/.exec(plain(given));
      return byId === null ? null : (turns[Number(byId[1]) - 1] ?? null);
    },
  };
}

const plain = (text: string): string => text.trim().toLowerCase();

/** `e1: Mira (character)`, a line each; what is said of them besides goes in by `more`. */
export function peopleMaterial(
  story: StoryState,
  { people }: Handles,
  more: (entity: EntityId) => string = () => '',
): Material {
  const lines = people.map((entity, index) => {
    const member = story.cast[entity];
    const kind = member?.sheet ? 'character' : 'person';
    return oneLine(`e${index + 1}: ${member?.name ?? 'Someone'} (${kind})${more(entity)}`);
  });
  return { name: 'people', text: lines.join('\n') };
}

/** Each turn is a text of its own, `t1 by e2`, so that none can pretend to hold another. */
export const turnMaterials = (reads: readonly Read[], { people }: Handles): Material[] =>
  reads.map((read, index) => ({
    name: `t${index + 1} by e${people.indexOf(read.turn.by) + 1}`,
    text: read.text,
  }));

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What of a turn can be perceived; empty where it is silent. */
export function wordsOf(turn: Read['turn']): string {
  if (turn.kind === 'reply') return turn.status === 'complete' ? turn.text.trim() : '';
  const shown = turn.attachments.map((each) => each.name).join(', ');
  return [perceived(turn.segments), shown === '' ? '' : `[shows: ${shown}]`]
    .filter(Boolean)
    .join(' ');
}
