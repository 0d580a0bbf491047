import {
  type APIMessage,
  type Client,
  messageLink,
  PermissionFlagsBits,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { Clock } from '../app/ports/clock.ts';
import type { LeavingMessage } from '../app/ports/shownLine.ts';
import { OutOfReach } from '../app/ports/stage.ts';
import type { ChatId } from '../engine/ids.ts';
import type { Binding } from '../engine/state/frame.ts';
import type { OwnDeletions } from './ownDeletions.ts';
import { problemOf } from './problem.ts';
import type { LanguageOf } from './publicTexts.ts';
import { textsFor } from './texts.ts';
import type { Voice } from './voice.ts';
import type { Voices } from './voices.ts';

interface Needs {
  readonly client: Client;
  readonly clock: Clock;
  readonly voices: Voices;
  readonly own: OwnDeletions;
  readonly languageOf: LanguageOf;
}

/** A bulk deletion takes 2 to 100 messages, none older than 14 days; an hour is left for clocks. */
const BULK = 100;
const BULK_AGE = 14 * 24 * 60 * 60_000 - 60 * 60_000;
/** How often a request is tried that the network lost, and milliseconds between the tries. */
const TRIES = 6;
const WAIT = 500;

/** Takes away what has left a story, and marks what cannot be taken away. */
export class Removals {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Whether the bot may manage messages there; in direct messages nobody's but its own. */
  may({ channel: id }: Binding): boolean {
    const { client } = this.#needs;
    const channel = client.channels.cache.get(id);
    if (!channel || channel.isDMBased() || client.user === null) return false;
    return channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ManageMessages) === true;
  }

  /** @throws {OutOfReach} */
  async remove(
    binding: Binding,
    chat: ChatId,
    messages: readonly LeavingMessage[],
    gone: (messages: readonly LeavingMessage[]) => void = () => {},
  ): Promise<void> {
    try {
      let left = messages;
      while (left.length > 0) {
        const batch = this.#batch(binding, left);
        for (const { message } of batch) this.#needs.own.add(message);
        await this.#try(() => this.#take(binding, chat, batch));
        gone(batch);
        left = left.slice(batch.length);
      }
    } catch (error) {
      if (problemOf(error) !== 'unreachable') throw error;
      throw new OutOfReach('', { cause: error });
    }
  }

  /** The next messages that go with one request. */
  #batch(binding: Binding, left: readonly LeavingMessage[]): readonly LeavingMessage[] {
    const oldest = this.#needs.clock.now() - BULK_AGE;
    const isYoung = ({ message }: LeavingMessage) => SnowflakeUtil.timestampFrom(message) > oldest;
    if (!this.may(binding)) return left.slice(0, 1);
    const old = left.slice(0, BULK).findIndex((each) => !isYoung(each));
    return left.slice(0, old === -1 ? BULK : Math.max(1, old));
  }

  async #take(binding: Binding, chat: ChatId, batch: readonly LeavingMessage[]): Promise<void> {
    const { client, voices } = this.#needs;
    const { channel } = binding;
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length > 1) {
      const body = { messages: batch.map(({ message }) => message) };
      await client.rest.post(Routes.channelBulkDelete(channel), { body });
      return;
    }
    // What a webhook said it can take away itself, whatever the bot may do.
    const webhook = first.by === 'webhook' && !this.may(binding);
    const voice: Voice | null = webhook ? await voices.before(binding, chat) : null;
    if (voice !== null) await voice.remove(first.message);
    else await client.rest.delete(Routes.channelMessage(channel, first.message));
  }

  /** @throws {OutOfReach} */
  async divide({ guild, channel }: Binding, chat: ChatId, first: string): Promise<string> {
    const link = guild === null ? messageLink(channel, first) : messageLink(channel, first, guild);
    const body = {
      content: textsFor(this.#needs.languageOf(chat, guild)).variants.divider(link),
      allowed_mentions: { parse: [] },
      // The same line is not drawn twice, though the answer to it is lost.
      nonce: `${chat}`.slice(-8) + first.slice(-16),
      enforce_nonce: true,
    };
    try {
      const route = Routes.channelMessages(channel);
      const sent = await this.#try(() => this.#needs.client.rest.post(route, { body }));
      return (sent as APIMessage).id;
    } catch (error) {
      if (problemOf(error) !== 'unreachable') throw error;
      throw new OutOfReach('', { cause: error });
    }
  }

  async #try(request: () => Promise<unknown>): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await request();
      } catch (error) {
        const problem = problemOf(error);
        if (problem === 'gone') return null;
        if (problem !== 'passing' || tries === TRIES) throw error;
        await this.#needs.clock.sleep(WAIT * 2 ** (tries - 1));
      }
    }
  }
}
