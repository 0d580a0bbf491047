import { type Client, type REST, Routes } from 'discord.js';
import type { Clock, Log, ReplyAddress, ReplySink, Stage, Store } from '../app/ports.ts';
import type { Avatars } from './avatars.ts';
import { ChannelView } from './channelView.ts';
import { FailureCards } from './failureCards.ts';
import type { GlobalLimit } from './globalLimit.ts';
import { Lane } from './lane.ts';
import { toldOf } from './problem.ts';
import { ReplyStream } from './replyStream.ts';
import { Voices } from './voices.ts';

/** Discord shows typing for about 10 s. */
const TYPING_EVERY = 8_000;

export interface StageNeeds {
  readonly client: Client;
  /** For the messages of replies alone, see `createStreamRest`. */
  readonly rest: { readonly sends: REST; readonly edits: REST };
  readonly limit: GlobalLimit;
  readonly store: Store;
  readonly avatars: Avatars;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where replies are shown: the channels that stories are bound to. */
export class DiscordStage implements Stage {
  readonly #needs: StageNeeds;
  readonly #voices: Voices;
  readonly #cards: FailureCards;
  /** By bucket, see `Voice`. */
  readonly #lanes = new Map<string, Lane>();
  /** Streams that have not ended, and their channels. */
  readonly #streams = new Map<ReplyStream, string>();
  /** The last reply of a channel, as long as buttons under it are to go when the story goes on. */
  readonly #last = new Map<string, { readonly stream: ReplyStream; readonly root: string }>();

  constructor(needs: StageNeeds) {
    const { client, rest, clock, store } = needs;
    this.#needs = needs;
    this.#voices = new Voices({ ...needs, wires: { ...rest, plain: client.rest, clock } });
    this.#cards = new FailureCards({ ...needs, deliveries: store.deliveries });
  }

  open(reply: ReplyAddress): ReplySink {
    const { channel } = reply.binding;
    const last = this.#last.get(channel);
    const stream = this.#stream(reply);
    this.#last.set(channel, { stream, root: reply.root });
    if (last !== undefined && last.root !== reply.root) void this.#retract(last.stream, channel);
    void stream.prepare();
    return stream;
  }

  shownOf(reply: ReplyAddress): Promise<string> {
    return this.#stream(reply, false).shown();
  }

  /** A message was deleted by someone: while it is streaming, that is a stop. */
  messageRemoved(channel: string, message: string): void {
    const { deliveries } = this.#needs.store;
    if (deliveries.card(channel)?.message === message) deliveries.removeCard(channel);
    for (const stream of this.#streams.keys()) if (stream.holds(message)) stream.remove();
  }

  /** A channel or thread is gone, and what was streaming in it with it. */
  channelRemoved(channel: string): void {
    for (const [stream, where] of this.#streams) if (where === channel) stream.remove();
    this.#lanes.delete(`channel:${channel}`);
    this.#last.delete(channel);
    this.#needs.store.deliveries.removeCard(channel);
  }

  /** Takes away the card that says why the last reply in a channel failed. */
  removeCard(channel: string): Promise<void> {
    return this.#cards.takeAway(channel);
  }

  #stream(reply: ReplyAddress, live = true): ReplyStream {
    const { store, client, clock, log } = this.#needs;
    const { channel } = reply.binding;
    const typing = new AbortController();
    const stream: ReplyStream = new ReplyStream({
      reply,
      deliveries: store.deliveries,
      view: new ChannelView(client, channel),
      findVoice: (anew) => this.#voices.of(reply, anew),
      bot: this.#voices.bot(reply),
      laneOf: ({ bucket }) => this.#laneOf(bucket),
      clock,
      log,
      tell: (failure) => this.#cards.show(reply, failure),
      spoke: () => {
        typing.abort();
        return this.#cards.takeAway(channel);
      },
      closed: () => {
        typing.abort();
        this.#streams.delete(stream);
        if (!stream.offers && this.#last.get(channel)?.stream === stream) {
          this.#last.delete(channel);
        }
      },
    });
    if (live) {
      this.#streams.set(stream, channel);
      void this.#type(channel, typing.signal);
    }
    return stream;
  }

  async #retract(stream: ReplyStream, channel: string): Promise<void> {
    try {
      await stream.retract();
    } catch (error) {
      // Whoever presses them is told that the story has moved on.
      this.#needs.log.warn({ channel, ...toldOf(error) }, 'buttons could not be taken away');
    }
  }

  #laneOf(bucket: string): Lane {
    const lane = this.#lanes.get(bucket) ?? new Lane(this.#needs.clock, this.#needs.limit);
    this.#lanes.set(bucket, lane);
    return lane;
  }

  async #type(channel: string, until: AbortSignal): Promise<void> {
    try {
      // Whoever waits for an answer goes first, and once there are words nobody needs to be told.
      while (await this.#needs.limit.take(false, until)) {
        await this.#needs.client.rest.post(Routes.channelTyping(channel));
        await this.#needs.clock.sleep(TYPING_EVERY, until);
      }
    } catch (error) {
      // Typing is a courtesy: a reply does not depend on it.
      if (!until.aborted)
        this.#needs.log.debug({ channel, ...toldOf(error) }, 'typing was not shown');
    }
  }
}
