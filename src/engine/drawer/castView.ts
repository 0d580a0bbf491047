import type { EntityId } from '../ids.ts';
import type { StoryState } from '../state/story.ts';
import type { Eyes } from './viewpoint.ts';

export interface CastView {
  readonly members: readonly {
    readonly entity: EntityId;
    readonly name: string;
    readonly isCharacter: boolean;
    readonly present: boolean;
    /** What everyone may read of a character, and what a person says of themselves to who met them. */
    readonly about: string;
    readonly pronouns: string;
    /** Of the sheet that it plays by; null for a person. */
    readonly revision: number | null;
  }[];
}

/** Who is in the story: characters first, each in the order in which they came. */
export function castView(story: StoryState, eyes: Eyes): CastView {
  const members = Object.values(story.cast).map((member) => {
    const { entity, name, sheet, persona, present, revision } = member;
    const told = eyes.met(entity) ? persona : null;
    return {
      entity,
      name,
      isCharacter: sheet !== null,
      present,
      about: sheet?.summary ?? told?.description ?? '',
      pronouns: sheet?.pronouns ?? told?.pronouns ?? '',
      revision,
    };
  });
  return { members: members.sort((a, b) => Number(b.isCharacter) - Number(a.isCharacter)) };
}
