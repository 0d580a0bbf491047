import type { EntityId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { StoryState } from '../engine/state/story.ts';

/**
 * Someone of the story, or of `others`, as picked from a list or typed by name.
 * @throws {Refusal} `unknown-entity`.
 */
export function entityOf(
  story: StoryState,
  asked: string,
  others: readonly { readonly id: EntityId; readonly name: string }[] = [],
): EntityId {
  const typed = asked.trim().toLowerCase();
  const all = [
    ...Object.values(story.cast).map(({ entity: id, name }) => ({ id, name })),
    ...others,
  ];
  const found =
    all.find(({ id }) => id === asked) ?? all.find(({ name }) => name.toLowerCase() === typed);
  if (found === undefined) throw new Refusal('unknown-entity');
  return found.id;
}

/**
 * A character of the story; the only one where nobody is named.
 * @throws {Refusal} `unknown-entity`.
 */
export function characterIn(story: StoryState, asked: string | null): EntityId {
  const [only, ...more] = Object.values(story.cast).filter(({ sheet }) => sheet !== null);
  if (asked !== null) {
    const found = entityOf(story, asked);
    if (!story.cast[found]?.sheet) throw new Refusal('unknown-entity');
    return found;
  }
  if (only === undefined || more.length > 0) throw new Refusal('unknown-entity');
  return only.entity;
}
