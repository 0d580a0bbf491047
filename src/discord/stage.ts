import { type Client, type REST, Routes } from 'discord.js';
import type { Clock, Log, ReplyAddress, ReplySink, Stage, Store } from '../app/ports.ts';
import type { Avatars } from './avatars.ts';
import { retryRow } from './components/retry.ts';
import { failureCard } from './embeds/failureCard.ts';
import { Pace } from './pace.ts';
import { ReplyStream } from './replyStream.ts';
import { isGone } from './voice.ts';
import { Voices } from './voices.ts';

/** Discord shows typing for about 10 s. */
const TYPING_EVERY = 8_000;

export interface StageNeeds {
  readonly client: Client;
  /** For replies alone, see `createStreamRest`. */
  readonly rest: REST;
  readonly store: Store;
  readonly avatars: Avatars;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where replies are shown: the channels that stories are bound to. */
export class DiscordStage implements Stage {
  readonly #needs: StageNeeds;
  readonly #voices: Voices;
  /** Streams that have not ended, and their channels. */
  readonly #streams = new Map<ReplyStream, string>();
  readonly #paces = new Map<string, Pace>();
  /** The card that says why the last reply in a channel failed. */
  readonly #cards = new Map<string, string>();

  constructor(needs: StageNeeds) {
    this.#needs = needs;
    this.#voices = new Voices(needs);
  }

  open(reply: ReplyAddress): ReplySink {
    const { store, clock, log } = this.#needs;
    const { channel } = reply.binding;
    const typing = new AbortController();
    let voice: ReturnType<Voices['of']> | null = null;
    const stream: ReplyStream = new ReplyStream({
      reply,
      voice: (anew) => {
        if (anew || voice === null) voice = this.#voices.of(reply, anew);
        return voice;
      },
      pace: this.#paceOf(channel),
      deliveries: store.deliveries,
      clock,
      log,
      tell: (failure, details) => this.#tell(reply, failure, details),
      spoke: () => typing.abort(),
      closed: () => {
        typing.abort();
        this.#streams.delete(stream);
      },
    });
    this.#streams.set(stream, channel);
    void this.#type(channel, typing.signal);
    void this.#takeCardAway(channel);
    return stream;
  }

  async shownOf(reply: ReplyAddress): Promise<string> {
    const parts = this.#needs.store.deliveries.parts(reply.node);
    if (parts.length === 0) return '';
    const voice = await this.#voices.of(reply, false);
    let text = '';
    for (const { part, message, shown, pending } of parts) {
      const found =
        message === null
          ? (await voice.recent()).find(
              (each) => pending && each.content === voice.dress(pending.content, part),
            )
          : await voice.read(message);
      if (!found) continue;
      const arrived = pending !== null && found.content === voice.dress(pending.content, part);
      text += (arrived ? pending : shown)?.raw ?? '';
      this.#needs.store.deliveries.put(reply.chat, reply.node, {
        part,
        channel: reply.binding.channel,
        message: found.id,
        by: voice.by,
        shown: arrived ? pending : shown,
        pending: null,
      });
    }
    return text;
  }

  /** A message was deleted by someone: while it is streaming, that is a stop. */
  messageRemoved(message: string): void {
    for (const stream of this.#streams.keys()) if (stream.holds(message)) stream.remove();
  }

  /** A channel or thread is gone, and what was streaming in it with it. */
  channelRemoved(channel: string): void {
    for (const [stream, where] of this.#streams) if (where === channel) stream.remove();
    this.#paces.delete(channel);
    this.#cards.delete(channel);
  }

  #paceOf(channel: string): Pace {
    const pace = this.#paces.get(channel) ?? new Pace(this.#needs.clock);
    this.#paces.set(channel, pace);
    return pace;
  }

  async #type(channel: string, until: AbortSignal): Promise<void> {
    try {
      while (!until.aborted) {
        await this.#needs.rest.post(Routes.channelTyping(channel));
        await this.#needs.clock.sleep(TYPING_EVERY, until);
      }
    } catch (error) {
      // Typing is a courtesy: a reply does not depend on it.
      if (!until.aborted) this.#needs.log.debug({ channel, err: error }, 'typing was not shown');
    }
  }

  async #tell(
    ...[reply, failure, details]: [ReplyAddress, ...Parameters<ReplySink['fail']>]
  ): Promise<void> {
    const { client, clock } = this.#needs;
    const { channel } = reply.binding;
    const retryAt =
      details.retryAfter === null ? null : Math.ceil(clock.now() / 1_000 + details.retryAfter);
    const card = failureCard(reply.sheet, failure, { retryAt, id: details.id });
    const target = await client.channels.fetch(channel);
    if (!target?.isSendable()) return;
    const message = await target.send({ embeds: [card], components: [retryRow(reply.chat)] });
    this.#cards.set(channel, message.id);
  }

  async #takeCardAway(channel: string): Promise<void> {
    const card = this.#cards.get(channel);
    if (card === undefined) return;
    this.#cards.delete(channel);
    try {
      await this.#needs.client.rest.delete(Routes.channelMessage(channel, card));
    } catch (error) {
      // Whoever pressed its button may have been quicker.
      if (!isGone(error))
        this.#needs.log.warn({ channel, err: error }, 'a card could not be removed');
    }
  }
}
