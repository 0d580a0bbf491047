import type { Chat } from '../chat.ts';
import type { NewEvent, PayloadFor } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { turnOf } from '../node.ts';
import { Refusal } from '../refusal.ts';

export type Why = PayloadFor<'HeadMoved'>['why'];

/**
 * Moves the head to a node of this chat, or to the moment before its story.
 * @throws {Refusal} `out-of-date` for a node that is not this chat's; `already-there`.
 */
export function moveHead(to: NodeId | null, why: Why, chat: Chat): NewEvent[] {
  if (to !== null && !chat.has(to)) throw new Refusal('out-of-date');
  if (to === chat.head) throw new Refusal('already-there');
  return [{ type: 'HeadMoved', payload: { from: chat.head, to, why } }];
}

/** @throws {Refusal} `out-of-date` for a point that is not on the line; `already-there`. */
export function rewind({ to }: { readonly to: NodeId }, chat: Chat): NewEvent[] {
  if (!chat.isOnLine(to)) throw new Refusal('out-of-date');
  return moveHead(to, 'rewind', chat);
}

/**
 * Takes the last move back.
 * @param move the version of the move, as the button that undoes it was drawn; null for the last one.
 * @throws {Refusal} `nothing-to-undo` once the story has moved on, or another move came after it.
 */
export function undo({ move }: { readonly move: number | null }, chat: Chat): NewEvent[] {
  const { lastMove } = chat.frame;
  const stands = lastMove !== null && chat.head === lastMove.to;
  const meant = move === null || move === lastMove?.version;
  const undoable = lastMove?.why !== 'undo' && lastMove?.why !== 'reply-failed';
  if (!stands || !meant || !undoable) throw new Refusal('nothing-to-undo');
  return moveHead(lastMove.from, 'undo', chat);
}

/**
 * Takes a character's reset back, where it was one step of the story.
 * @throws {Refusal} `nothing-to-undo` once the story has moved on.
 */
export function undoReset({ node }: { readonly node: NodeId }, chat: Chat): NewEvent[] {
  const own = chat.head === node ? chat.tree.node(node).own : [];
  if (!own.some((event) => event.type === 'CharacterReset')) throw new Refusal('nothing-to-undo');
  return moveHead(chat.parentOf(node), 'undo', chat);
}

/** @throws {Refusal} `out-of-date` for a variant that cannot be chosen; `already-there`. */
export function chooseVariant({ variant }: { readonly variant: NodeId }, chat: Chat): NewEvent[] {
  const offered = chat.has(variant) && chat.variantsOf(variant).includes(variant);
  if (!offered) throw new Refusal('out-of-date');
  return moveHead(chat.lastStoodIn(variant), 'variant', chat);
}

/**
 * Names a point of the story.
 * @param taken whether the name is in use in the story or one of its branches.
 * @throws {Refusal} `name-taken`, `out-of-date`.
 */
export function save(
  { name, at, taken }: { readonly name: string; readonly at: NodeId; readonly taken: boolean },
  chat: Chat,
): NewEvent[] {
  if (taken || chat.frame.saves[name] !== undefined) throw new Refusal('name-taken');
  if (!chat.has(at)) throw new Refusal('out-of-date');
  return [{ type: 'ContextSaved', payload: { name, at } }];
}

/**
 * Returns to a named point.
 * @param at where the name stands in the story and its branches; null for an unknown name.
 * @throws {Refusal} `unknown-save`; `save-elsewhere` when only a branch can begin there.
 */
export function load({ at }: { readonly at: NodeId | null }, chat: Chat): NewEvent[] {
  if (at === null) throw new Refusal('unknown-save');
  if (!chat.has(at)) throw new Refusal('save-elsewhere');
  return moveHead(at, 'load', chat);
}

/**
 * A character begins anew: where it is the only one, so does the story, at the moment before its
 * kickoff; among others it forgets, and they do not.
 * @throws {Refusal} `unknown-entity`, `already-there`.
 */
export function reset(
  { character, node }: { readonly character: string; readonly node: NodeId },
  chat: Chat,
): NewEvent[] {
  const { cast } = chat.story;
  const characters = Object.values(cast).filter((member) => member.sheet !== null);
  if (!characters.some((member) => member.entity === character)) {
    throw new Refusal('unknown-entity');
  }
  if (characters.length === 1) return moveHead(null, 'reset', chat);
  return [{ type: 'CharacterReset', node, payload: { entity: character } }];
}

/** The reply that stands at a node. @throws {Refusal} `not-a-reply`, `out-of-date`. */
export function replyIn(chat: Chat, node: NodeId) {
  if (!chat.has(node)) throw new Refusal('out-of-date');
  const turn = turnOf(chat.tree.node(node));
  if (turn?.kind !== 'reply') throw new Refusal('not-a-reply');
  return turn;
}
