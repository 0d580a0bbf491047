import { type Client, Status } from 'discord.js';

/** Whether all that happens on Discord arrives. */
export function isConnected({ ws }: Client): boolean {
  return ws.shards.size > 0 && ws.shards.every(({ status }) => status === Status.Ready);
}
