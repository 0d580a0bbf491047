import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { EntityId, NodeId } from '../ids.ts';
import { Refusal } from '../refusal.ts';

export interface BranchChat {
  readonly name: string;
  readonly owner: EntityId;
  /** The last node that the branch shares with this chat; lines left behind included. */
  readonly after: NodeId;
  readonly channel: string | null;
  readonly guild: string | null;
}

/**
 * The first events of a new chat's stream: it shares everything up to a node, and nothing after it.
 * @throws {Refusal} `out-of-date` for a node that is not the parent's.
 */
export function branchChat(command: BranchChat, parent: Chat): NewEvent[] {
  const { name, owner, after, channel, guild } = command;
  if (!parent.has(after)) throw new Refusal('out-of-date');
  const { home, card, settings } = parent.frame;
  const branched: NewEvent = {
    type: 'ChatBranched',
    payload: { home, name, owner, parent: parent.id, after, card, settings },
  };
  if (channel === null) return [branched];
  return [branched, { type: 'ChatBound', payload: { channel, guild } }];
}
