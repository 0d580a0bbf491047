import type { EntityId, NodeId } from '../ids.ts';
import { isCharacter } from '../ids.ts';
import { fillMacros, type Macros } from '../macros.ts';
import { companyOf } from '../presence.ts';
import type { Sheet } from '../sheet.ts';
import type { StoryState } from '../state/story.ts';
import { isKnown, nameOf } from './transcript.ts';

/**
 * What a card's placeholders stand for in a character's prompt: itself, and the person whom it answers,
 * else who spoke to it last, else whoever is with it.
 */
export function macrosFor(
  story: StoryState,
  character: EntityId,
  answers: readonly NodeId[],
  sheet: Sheet,
): Macros {
  const spoken = story.turns.filter((turn) => turn.kind === 'user' && isKnown(turn, character));
  const said = spoken.findLast(({ node }) => answers.includes(node)) ?? spoken.at(-1);
  const { here, near } = companyOf(story, character);
  const user = said?.by ?? [...here, ...near].find((entity) => !isCharacter(entity));
  return { char: sheet.name, user: user === undefined ? 'someone' : nameOf(story, user) };
}

/** The texts of a sheet that a prompt shows, with a card's placeholders filled in. */
export function filledSheet(sheet: Sheet, macros: Macros): Sheet {
  const fill = (text: string) => fillMacros(text, macros);
  const { persona, traits, voice, backstory, relationship, frame, instructions } = sheet;
  return {
    ...sheet,
    persona: fill(persona),
    traits: traits.map(fill),
    voice: voice.map(fill),
    backstory: fill(backstory),
    relationship: fill(relationship),
    frame: frame === null ? null : fill(frame),
    instructions: instructions === null ? null : fill(instructions),
  };
}
