import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { SlidingCount } from '../slidingCount.ts';
import type { MessageRecord } from '../state/records.ts';

/**
 * Messages over an hour old may be edited less often than younger ones. Discord does not publish how
 * often; this is a guess on the strict side, per channel.
 */
const OLD = 3_600_000;
const EDITS = 5;
const WINDOW = 60_000;

const counts = new WeakMap<Discord, Map<string, SlidingCount>>();

/** @throws 30046 when an old message's channel saw too many such edits lately */
export function countOldEdit(discord: Discord, message: MessageRecord): void {
  if (discord.clock.now() - Date.parse(message.timestamp) < OLD) return;
  const channels = counts.get(discord) ?? new Map<string, SlidingCount>();
  counts.set(discord, channels);
  const count = channels.get(message.channel_id) ?? new SlidingCount(discord.clock, EDITS, WINDOW);
  channels.set(message.channel_id, count);
  if (!count.take()) throw refuse('oldEdits');
}
