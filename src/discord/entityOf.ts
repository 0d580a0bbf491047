import type { EntityId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { StoryState } from '../engine/state/story.ts';

/**
 * Someone of the story, or of `others`, as picked from a list or typed: the name, or what only this name begins with.
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
  const begun = all.filter(({ name }) => name.toLowerCase().startsWith(typed));
  const found =
    all.find(({ id }) => id === asked) ??
    all.find(({ name }) => name.toLowerCase() === typed) ??
    (typed !== '' && begun.length === 1 ? begun[0] : undefined);
  if (found === undefined) throw new Refusal('unknown-entity');
  return found.id;
}

/**
 * A character of the story; the only one where nobody is named.
 * @throws {Refusal} `unknown-entity`, with the `names` to choose from where there are several.
 */
export function characterIn(story: StoryState, asked: string | null): EntityId {
  const characters = Object.values(story.cast).filter(({ sheet }) => sheet !== null);
  if (asked !== null) {
    const found = entityOf(story, asked);
    if (!story.cast[found]?.sheet) throw new Refusal('unknown-entity');
    return found;
  }
  const [only, ...more] = characters;
  if (only !== undefined && more.length === 0) return only.entity;
  const names = characters.map(({ name }) => name).join(', ');
  throw new Refusal('unknown-entity', only === undefined ? {} : { names });
}
