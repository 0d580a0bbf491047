import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { EntityId, NodeId } from '../ids.ts';
import { type OocMarkers, parseSegments } from '../segments.ts';
import type { Attachment, Quote } from '../state/story.ts';

export interface Speak {
  readonly by: EntityId;
  /** How the story calls the person. */
  readonly name: string;
  readonly message: string;
  /** As written, and with mentions turned into names, which is what a character perceives. */
  readonly text: string;
  readonly readable: string;
  readonly quote: Quote | null;
  readonly attachments: readonly Attachment[];
  readonly node: NodeId;
  /** What sets off words out of character, where it is not as usual. */
  readonly ooc?: OocMarkers;
}

/** A person's message becomes a turn; whoever speaks for the first time, or by a new name, enters with it. */
export function speak(command: Speak, chat: Chat): NewEvent[] {
  const { by, name, node } = command;
  const events: NewEvent[] = [];
  if (chat.story.cast[by]?.name !== name) {
    events.push({
      type: 'EntityEntered',
      node,
      payload: { entity: by, name, sheet: null, revision: null },
    });
  }
  events.push({
    type: 'UserSpoke',
    node,
    payload: {
      by,
      to: null,
      message: command.message,
      text: command.text,
      segments: parseSegments(command.readable, command.ooc),
      quote: command.quote,
      attachments: [...command.attachments],
    },
  });
  return events;
}
