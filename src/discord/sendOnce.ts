import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, MessageCreateOptions, SendableChannels } from 'discord.js';
import { problemOf } from './problem.ts';

/** How often a send is tried that the network lost, and milliseconds before the second. */
const TRIES = 5;
const WAIT = 250;

/**
 * Sends a message of the bot's own that nobody asks for again, though an answer may be lost: Discord knows
 * it by its nonce.
 * @param nonce at most 25 characters.
 * @throws {DiscordAPIError} what Discord refuses, and what the network loses again and again.
 */
export async function sendOnce(
  channel: SendableChannels,
  nonce: string,
  message: MessageCreateOptions,
): Promise<Message> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await channel.send({ ...message, nonce, enforceNonce: true });
    } catch (error) {
      if (problemOf(error) !== 'passing' || tries === TRIES) throw error;
      await sleep(WAIT * 2 ** (tries - 1));
    }
  }
}
