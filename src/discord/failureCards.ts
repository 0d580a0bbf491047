import { type APIMessage, type Client, Routes } from 'discord.js';
import type { Clock } from '../app/ports/clock.ts';
import type { DeliveryLog } from '../app/ports/deliveryLog.ts';
import type { Log } from '../app/ports/log.ts';
import type { Failure, ReplyAddress } from '../app/ports/stage.ts';
import { retryRow } from './components/retry.ts';
import { failureCard } from './embeds/failureCard.ts';
import { problemOf, toldOf } from './problem.ts';
import type { LanguageOf } from './publicTexts.ts';
import { textsFor } from './texts.ts';

interface CardsNeeds {
  readonly client: Client;
  readonly deliveries: DeliveryLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly languageOf: LanguageOf;
}

/** How often a card is tried, and milliseconds between the tries: a person waits for it. */
const TRIES = 6;
const WAIT = 500;

/** The cards that say why a reply failed: one in a channel at most, and gone when a reply succeeds. */
export class FailureCards {
  readonly #needs: CardsNeeds;
  /** Removals on their way: two would make one of them fail. */
  readonly #going = new Map<string, Promise<void>>();

  constructor(needs: CardsNeeds) {
    this.#needs = needs;
  }

  /** The same failure again is not said again: the card that stands is brought up to date, or moves down. */
  async show(reply: ReplyAddress, failure: Failure): Promise<void> {
    const { client, deliveries, log } = this.#needs;
    const { channel, guild } = reply.binding;
    const locale = this.#needs.languageOf(reply.chat, guild);
    const body = {
      embeds: [failureCard(reply, failure, locale)],
      components: [retryRow(reply.chat, textsFor(locale))],
      allowed_mentions: { parse: [] },
    };
    await this.#going.get(channel);
    try {
      const standing = deliveries.card(channel);
      if (standing?.failure === failure.kind && this.#isNewest(channel, standing.message)) {
        const route = Routes.channelMessage(channel, standing.message);
        if (await this.#try(() => client.rest.patch(route, { body }))) return;
      }
      await this.takeAway(channel);
      // The nonce makes a second send of the same card give the first one.
      const nonce = `card:${failure.details.id}`;
      const message = (await this.#try(() =>
        client.rest.post(Routes.channelMessages(channel), {
          body: { ...body, nonce, enforce_nonce: true },
        }),
      )) as APIMessage | null;
      if (message === null) throw new Error('the channel is gone');
      deliveries.putCard(channel, { message: message.id, failure: failure.kind });
    } catch (error) {
      log.warn({ channel, ...toldOf(error) }, 'a failure could not be shown');
    }
  }

  /** A reply succeeded, or is about to be asked for again. Never throws. */
  takeAway(channel: string): Promise<void> {
    const going = this.#going.get(channel) ?? this.#takeAway(channel);
    this.#going.set(channel, going);
    return going.finally(() => this.#going.delete(channel));
  }

  async #takeAway(channel: string): Promise<void> {
    const { client, deliveries, log } = this.#needs;
    const card = deliveries.card(channel);
    if (card === null) return;
    try {
      await this.#try(() => client.rest.delete(Routes.channelMessage(channel, card.message)));
    } catch (error) {
      log.warn({ channel, ...toldOf(error) }, 'a card could not be removed');
    }
    // Only now: a process that dies before takes it away at the next start.
    deliveries.removeCard(channel);
  }

  #isNewest(channel: string, message: string): boolean {
    const found = this.#needs.client.channels.cache.get(channel);
    return found?.isTextBased() === true && found.lastMessageId === message;
  }

  /** What Discord answers; null when the message was deleted. */
  async #try(request: () => Promise<unknown>): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      try {
        return (await request()) ?? true;
      } catch (error) {
        const problem = problemOf(error);
        if (problem === 'gone') return null;
        if (problem !== 'passing' || tries === TRIES) throw error;
        await this.#needs.clock.sleep(WAIT * 2 ** (tries - 1));
      }
    }
  }
}
