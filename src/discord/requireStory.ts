import type { StoryHere, Troupe } from '../app/troupe.ts';
import { Refusal } from '../engine/refusal.ts';

/**
 * The story that a button was made for, if it is still the one of this channel: a button of another
 * chat, channel or guild does nothing.
 * @throws {Refusal} `out-of-date`.
 */
export function requireStory(troupe: Troupe, channel: string, chat: string): StoryHere {
  const here = troupe.storyIn(channel);
  if (here?.chat !== chat) throw new Refusal('out-of-date');
  return here;
}
