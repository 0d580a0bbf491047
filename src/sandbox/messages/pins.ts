import { MessageType } from 'discord-api-types/v10';
import { type Discord, emitIn, timestamp } from '../discord.ts';
import { refuse } from '../discordError.ts';
import type { MessageRecord } from '../state/records.ts';
import { postMessage } from './postMessage.ts';
import { putRevised } from './reviseMessage.ts';

const MAX_PINS = 250;

/** Pins a message or takes its pin away. @throws 30003 when the channel has too many */
export function putPinned(discord: Discord, message: MessageRecord, on: boolean): void {
  const { world } = discord;
  if (on === (message.pinned_at !== undefined)) return;
  const pins = world.messages.all(message.channel_id).filter((item) => item.pinned_at).length;
  if (on && pins >= MAX_PINS) throw refuse('maxPins');
  const { pinned_at: _, ...rest } = message;
  const now = timestamp(discord);
  putRevised(discord, on ? { ...rest, pinned_at: now } : rest);
  const channel = world.channels.get(message.channel_id);
  emitIn(discord, 'pins', 'CHANNEL_PINS_UPDATE', message.channel_id, {
    channel_id: message.channel_id,
    last_pin_timestamp: on ? now : null,
    ...(channel?.guild !== undefined && { guild_id: channel.guild }),
  });
  if (!on || !channel) return;
  postMessage(discord, {
    channel,
    author: world.application.user,
    body: {},
    type: MessageType.ChannelPinnedMessage,
    reference: { type: 0, channel_id: channel.id, message_id: message.id },
  });
}
