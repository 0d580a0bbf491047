import { type Discord, emitIn } from '../discord.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';

/** Takes messages away; more than one in one event, as a bulk deletion tells it. */
export function removeMessages(
  discord: Discord,
  channel: ChannelRecord,
  messages: readonly MessageRecord[],
  bulk: boolean,
): void {
  const { world } = discord;
  const place = { channel_id: channel.id, ...(channel.guild && { guild_id: channel.guild }) };
  for (const message of messages) {
    world.messages.delete(message);
    for (const { url } of message.attachments) {
      world.store.removeFile(url.slice(url.indexOf('attachments/')));
    }
    if (channel.thread) channel.thread.messages = Math.max(0, channel.thread.messages - 1);
    discord.notices.tellChannel(channel.id, {
      kind: 'messageDeleted',
      channel: channel.id,
      id: message.id,
    });
    if (!bulk)
      emitIn(discord, 'messages', 'MESSAGE_DELETE', channel.id, { id: message.id, ...place });
  }
  if (channel.thread) world.channels.put(channel.id, channel);
  if (!bulk) return;
  const ids = messages.map(({ id }) => id);
  emitIn(discord, 'messages', 'MESSAGE_DELETE_BULK', channel.id, { ids, ...place });
}

/** Takes an ephemeral message away from the one who sees it. */
export function removeEphemeral(discord: Discord, id: string): boolean {
  const ephemeral = discord.world.ephemerals.get(id);
  if (!ephemeral) return false;
  discord.world.ephemerals.delete(id);
  discord.notices.tell(ephemeral.person, {
    kind: 'messageDeleted',
    channel: ephemeral.message.channel_id,
    id,
  });
  return true;
}
