import {
  ChannelType,
  type Client,
  GatewayDispatchEvents as Event,
  type Snowflake,
} from 'discord.js';

const CHANGES: readonly unknown[] = [Event.MessageUpdate, Event.MessageDelete];

interface Dispatch {
  readonly t: unknown;
  readonly d: { readonly channel_id?: Snowflake; readonly guild_id?: Snowflake };
}

/**
 * Has edits and deletions in direct messages heard that nobody wrote in since the last start. Discord
 * does not say with them what kind of channel it is, and discord.js drops what it cannot place.
 */
export function hearDirectMessages(client: Client): void {
  const channels = client.channels as unknown as { _add(data: object): void };
  // Told of before discord.js takes it apart.
  client.on('raw', ({ t, d }: Dispatch) => {
    if (!CHANGES.includes(t) || d.channel_id === undefined || d.guild_id !== undefined) return;
    if (client.channels.cache.has(d.channel_id)) return;
    channels._add({ id: d.channel_id, type: ChannelType.DM, recipients: [] });
  });
}
