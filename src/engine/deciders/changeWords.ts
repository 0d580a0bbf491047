import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { EntityId, NodeId } from '../ids.ts';
import { turnOf } from '../node.ts';
import { Refusal } from '../refusal.ts';
import { type OocMarkers, parseSegments } from '../segments.ts';

/**
 * What people do to their own words. These are commands of the chat that owns the turn, whichever
 * branch they were asked in, and hold on every line and branch.
 */
export interface ReviseTurn {
  readonly turn: NodeId;
  /** As written, and with mentions turned into names. */
  readonly text: string;
  readonly readable: string;
  /** What sets off words out of character, where it is not as usual. */
  readonly ooc?: OocMarkers;
}

/** @throws {Refusal} `not-a-turn`; `already-removed`. The same words again change nothing. */
export function reviseTurn({ turn, text, readable, ooc }: ReviseTurn, owner: Chat): NewEvent[] {
  const spoken = owned(owner, turn).own.find((event) => event.type === 'UserSpoke');
  if (spoken?.type !== 'UserSpoke') throw new Refusal('not-a-turn');
  const words = owner.frame.words[turn];
  if (words?.text === null) throw new Refusal('already-removed');
  if ((words?.text.raw ?? spoken.payload.text) === text) return [];
  const segments = parseSegments(readable, ooc);
  const payload = { turn, text, segments, revision: next(owner, turn) };
  return [{ type: 'TurnRevised', payload }];
}

/** Takes a turn away, a person's or a character's; once is enough. @throws {Refusal} `not-a-turn`. */
export function removeTurn({ turn }: { readonly turn: NodeId }, owner: Chat): NewEvent[] {
  if (turnOf(owned(owner, turn)) === null) throw new Refusal('not-a-turn');
  if (owner.frame.words[turn]?.text === null) return [];
  return [{ type: 'TurnRemoved', payload: { turn, revision: next(owner, turn) } }];
}

/**
 * Notes that everything a person said in this chat was erased.
 * @param turns every turn of the person in this chat's own stream, as the store found them.
 */
export function eraseTurns(
  { person, turns }: { readonly person: EntityId; readonly turns: readonly NodeId[] },
  owner: Chat,
): NewEvent[] {
  const left = turns.filter((turn) => !owner.frame.words[turn]?.erased);
  if (left.length === 0) return [];
  const erased = left.map((turn) => ({ turn, revision: next(owner, turn) }));
  return [{ type: 'Erased', payload: { person, turns: erased } }];
}

function owned(chat: Chat, turn: NodeId) {
  const node = chat.tree.find(turn);
  if (node?.chat !== chat.id) throw new Refusal('not-a-turn');
  return node;
}

const next = (chat: Chat, turn: NodeId): number => (chat.frame.words[turn]?.revision ?? 0) + 1;
