import type { Discord } from '../discord.ts';
import type { MessageRecord } from '../state/records.ts';
import { messageObject } from './messageObject.ts';
import { type MessageLike, withheld } from './withheld.ts';

/** A message as the application reads it by REST, where the message content intent counts as well. */
export function readableMessage({ world, readsContent }: Discord, record: MessageRecord): object {
  const message = messageObject(world, record);
  if (readsContent) return message;
  const { guild_id: _, ...shown } = withheld(
    { ...message, guild_id: world.channels.get(record.channel_id)?.guild } as MessageLike,
    world.application.user.id,
  ) as MessageLike;
  return shown;
}
