import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { Refusal } from '../refusal.ts';

/**
 * The character whose words are the newest goes on with them; its text comes by `completeReply`.
 * @throws {Refusal} `nothing-to-continue` when the last turn is no reply that has its words, or was
 *   whispered: it is shown in no message that could take more.
 */
export function continueReply({ node }: { readonly node: NodeId }, chat: Chat): NewEvent[] {
  const last = chat.story.turns.at(-1);
  const goesOn = last?.kind === 'reply' && last.status === 'complete' && last.to === null;
  if (chat.frame.archived || !goesOn) throw new Refusal('nothing-to-continue');
  const payload = { by: last.by, to: last.to, continues: last.node, note: null };
  return [{ type: 'ReplyContinued', node, payload }];
}
