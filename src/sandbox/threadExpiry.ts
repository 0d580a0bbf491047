import { type Discord, timestamp } from './discord.ts';
import { snowflakeTime } from './snowflake.ts';
import type { ChannelRecord } from './state/records.ts';
import { updateThread } from './threads.ts';

/** How often idle threads are looked for, in milliseconds. */
const EVERY = 60_000;

/** Archives threads in which nothing happened for as long as they ask for, from now on. */
export function expireThreads(discord: Discord): void {
  discord.clock.setTimeout(() => {
    for (const channel of discord.world.channels.values().toArray()) expire(discord, channel);
    expireThreads(discord);
  }, EVERY);
}

function expire(discord: Discord, channel: ChannelRecord): void {
  const metadata = channel.thread?.metadata;
  if (!metadata || metadata.archived) return;
  const spoken = snowflakeTime(channel.last_message_id ?? channel.id);
  const active = Math.max(spoken, Date.parse(metadata.archive_timestamp));
  if (discord.clock.now() - active < metadata.auto_archive_duration * 60_000) return;
  metadata.archived = true;
  metadata.archive_timestamp = timestamp(discord);
  updateThread(discord, channel);
}
