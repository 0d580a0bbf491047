import { type Discord, emitIn } from '../discord.ts';
import { memberObject } from '../state/objects.ts';

/** Tells that someone began to type. */
export function startTyping(discord: Discord, channelId: string, user: string): void {
  const channel = discord.world.channels.get(channelId);
  const member =
    channel?.guild === undefined ? undefined : discord.world.member(channel.guild, user);
  emitIn(discord, 'typing', 'TYPING_START', channelId, {
    channel_id: channelId,
    user_id: user,
    timestamp: Math.floor(discord.clock.now() / 1_000),
    ...(channel?.guild !== undefined && { guild_id: channel.guild }),
    ...(member && { member: memberObject(discord.world, member) }),
  });
  discord.notices.tellChannel(channelId, { kind: 'typing', channel: channelId, user });
}
