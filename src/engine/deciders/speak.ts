import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { EntityId, NodeId } from '../ids.ts';
import type { SelfPortrait } from '../persona.ts';
import { type OocMarkers, parseSegments } from '../segments.ts';
import type { Attachment, Quote } from '../state/story.ts';

export interface Speak {
  readonly by: EntityId;
  /** How the story calls the person. */
  readonly name: string;
  /** What they say of themselves; null for nothing. */
  readonly persona?: SelfPortrait | null;
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

/** A person's message becomes a turn; whoever speaks for the first time, or as someone new, enters with it. */
export function speak(command: Speak, chat: Chat): NewEvent[] {
  const { by, node } = command;
  const events = entering(command, chat);
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

/** Whoever speaks for the first time, or as someone new, comes in as they appear from here on. */
export function entering(
  { by, name, persona = null, node }: Pick<Speak, 'by' | 'name' | 'persona' | 'node'>,
  chat: Chat,
): NewEvent[] {
  const known = chat.story.cast[by];
  const same =
    known?.name === name &&
    known.persona?.pronouns === persona?.pronouns &&
    known.persona?.description === persona?.description;
  if (same) return [];
  const payload = { entity: by, name, sheet: null, revision: null, persona };
  return [{ type: 'EntityEntered', node, payload }];
}
