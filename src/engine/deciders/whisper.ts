import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import { type EntityId, isCharacter, type NodeId } from '../ids.ts';
import { isAwake, witnessesOf } from '../presence.ts';
import { Refusal } from '../refusal.ts';
import { type Speak, speak } from './speak.ts';

export interface Whisper extends Speak {
  readonly to: EntityId;
  /** The reply, which reaches nobody but the one who whispers. */
  readonly reply: NodeId;
}

/**
 * A person's words for one character alone, who begins to answer at once, to that person alone.
 * @throws {Refusal} `only-characters` for whom it cannot reach.
 */
export function whisper({ to, reply, ...said }: Whisper, chat: Chat): NewEvent[] {
  const { story } = chat;
  const known = story.cast[said.by] !== undefined;
  const reaches = known ? witnessesOf(story, { by: said.by, to }).includes(to) : isAwake(story, to);
  if (!isCharacter(to) || !reaches) throw new Refusal('only-characters');
  const spoken = speak(said, chat).map(
    (event): NewEvent =>
      event.type === 'UserSpoke' ? { ...event, payload: { ...event.payload, to } } : event,
  );
  const payload = { by: to, to: said.by, answers: [said.node], note: null };
  return [...spoken, { type: 'ReplyStarted', node: reply, payload }];
}
