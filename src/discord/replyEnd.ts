import type { Ending, ReplyAddress } from '../app/ports.ts';
import { goOnRow } from './components/goOn.ts';
import { cutMark } from './embeds/cutMark.ts';
import type { Below } from './replyParts.ts';

export const NOTHING: Below = { components: [], embeds: [] };

/** What stands under a reply that has ended: nothing under a whole one, else a way to go on. */
export function endOf(reply: ReplyAddress, ending: Ending): Below {
  if (ending.kind === 'whole') return NOTHING;
  const embeds = ending.kind === 'cut' ? [cutMark(ending.failure)] : [];
  return { components: [goOnRow(reply)], embeds };
}
