import { type Client, type REST, Routes } from 'discord.js';
import type { Clock } from '../app/ports/clock.ts';
import type { Log } from '../app/ports/log.ts';
import type { Failure, ReplyAddress, ReplySink, Stage } from '../app/ports/stage.ts';
import type { Store } from '../app/ports/store.ts';
import type { Binding } from '../engine/state/frame.ts';
import type { Avatars } from './avatars.ts';
import { ChannelView } from './channelView.ts';
import { FailureCards } from './failureCards.ts';
import type { GlobalLimit } from './globalLimit.ts';
import { Lane } from './lane.ts';
import { OwnDeletions } from './ownDeletions.ts';
import { problemOf, toldOf } from './problem.ts';
import type { LanguageOf } from './publicTexts.ts';
import { Removals } from './removals.ts';
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
  readonly languageOf: LanguageOf;
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
  readonly #removals: Removals;
  /** Buttons of older replies on their way out, by channel. */
  readonly #stripping = new Map<string, Promise<void>>();
  /** Channels where messages are taken away, and buttons with them: others of theirs wait for the next time. */
  readonly #removing = new Set<string>();
  readonly #closing = new AbortController();
  /** The messages that the bot takes away itself. */
  readonly #own = new OwnDeletions();

  constructor(needs: StageNeeds) {
    const { client, rest, clock, store } = needs;
    this.#needs = needs;
    this.#voices = new Voices({ ...needs, wires: { ...rest, plain: client.rest, clock } });
    this.#cards = new FailureCards({ ...needs, deliveries: store.deliveries });
    this.#removals = new Removals({ ...needs, voices: this.#voices, own: this.#own });
  }

  open(reply: ReplyAddress): ReplySink {
    const stream = this.#stream(reply);
    void stream.prepare();
    return stream;
  }

  think({ channel }: Binding): void {
    void this.#type(channel, this.#closing.signal, 1);
  }

  shownOf(reply: ReplyAddress): Promise<string> {
    return this.#stream(reply, false).shown();
  }

  tell(reply: ReplyAddress, failure: Failure): Promise<void> {
    return this.#cards.show(reply, failure);
  }

  mayRemove(binding: Binding): boolean {
    return this.#removals.may(binding);
  }

  async remove(...asked: Parameters<Stage['remove']>): Promise<void> {
    const { channel } = asked[0];
    this.#removing.add(channel);
    try {
      await this.#stripping.get(channel);
      return await this.#removals.remove(...asked);
    } finally {
      this.#removing.delete(channel);
    }
  }

  divide(...asked: Parameters<Stage['divide']>): Promise<string> {
    return this.#removals.divide(...asked);
  }

  /** Whether the bot takes a message away itself: then its deletion is nobody's wish. */
  isOwnDeletion(message: string): boolean {
    return this.#own.has(message);
  }

  /** A message was deleted by someone: while it is streaming, that is a stop. */
  messageRemoved(channel: string, message: string): void {
    const { deliveries } = this.#needs.store;
    if (deliveries.card(channel)?.message === message) deliveries.removeCard(channel);
    if (this.#own.has(message)) return;
    for (const stream of this.#streams.keys()) if (stream.holds(message)) stream.remove();
  }

  /** A channel or thread is gone, and what was streaming in it with it. */
  channelRemoved(channel: string): void {
    for (const [stream, where] of this.#streams) if (where === channel) stream.remove();
    this.#lanes.delete(`channel:${channel}`);
    this.#needs.store.deliveries.removeCard(channel);
  }

  /** Resolves when nothing is being changed any more: what is left to be done is done after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#stripping.values());
  }

  /** Takes away the card that says why the last reply in a channel failed. */
  removeCard(channel: string): Promise<void> {
    return this.#cards.takeAway(channel);
  }

  #stream(reply: ReplyAddress, live = true): ReplyStream {
    const { store, client, clock, log, languageOf } = this.#needs;
    const { channel, guild } = reply.binding;
    const typing = new AbortController();
    const stream: ReplyStream = new ReplyStream({
      reply,
      deliveries: store.deliveries,
      view: new ChannelView(client, channel, this.#own),
      findVoice: (anew) => this.#voices.of(reply, anew),
      bot: this.#voices.bot(reply),
      locale: languageOf(reply.chat, guild),
      laneOf: ({ bucket }) => this.laneOf(bucket),
      clock,
      log,
      spoke: () => {
        typing.abort();
        return this.#cards.takeAway(channel);
      },
      closed: () => {
        typing.abort();
        this.#streams.delete(stream);
        if (live) this.#strip(reply);
      },
    });
    if (live) {
      this.#streams.set(stream, channel);
      void this.#type(channel, typing.signal);
    }
    return stream;
  }

  /** Takes the buttons of older replies away, now that a newer one has its own. */
  #strip(reply: ReplyAddress): void {
    const { channel } = reply.binding;
    const before = this.#stripping.get(channel) ?? Promise.resolve();
    const going = before
      .then(() => this.#stripNow(reply))
      .finally(() => {
        if (this.#stripping.get(channel) === going) this.#stripping.delete(channel);
      });
    this.#stripping.set(channel, going);
  }

  async #stripNow(reply: ReplyAddress): Promise<void> {
    const { deliveries } = this.#needs.store;
    const { channel } = reply.binding;
    const { signal } = this.#closing;
    const where = this.#needs.client.channels.cache.get(channel);
    // A thread that was put away is not opened for buttons.
    if (signal.aborted || (where?.isThread() && where.archived)) return;
    for (const { chat, node, ...part } of deliveries.withButtons(channel)) {
      if (signal.aborted || this.#removing.has(channel)) return;
      const { message } = part;
      if (node === reply.root || message === null) continue;
      if ([...this.#streams.keys()].some((stream) => stream.holds(message))) continue;
      const known = () => deliveries.parts(node).find((each) => each.message === message);
      if (!known()?.buttons) continue;
      try {
        const bot = part.by === 'bot';
        const voice = bot ? this.#voices.bot(reply) : await this.#voices.of(reply, false);
        if (voice.by === part.by) {
          // By its lane: the edits of streams count against the same limit.
          const lane = this.laneOf(voice.bucket);
          const done = await lane.run({ kind: 'edit', urgent: false, signal }, async () => {
            // Meanwhile it may have been taken away, and its buttons with it.
            if (this.#removing.has(channel) || this.#own.has(message)) return null;
            const { allowance } = await voice.strip(message);
            return { kind: 'edit', allowance };
          });
          if (!done || this.#removing.has(channel)) return;
        }
      } catch (error) {
        // What is out of reach keeps them until the next time; whoever presses them is told.
        this.#needs.log.warn({ channel, ...toldOf(error) }, 'buttons could not be taken away');
        if (problemOf(error) !== 'gone') continue;
      }
      const now = known();
      if (now !== undefined) deliveries.put(chat, node, { ...now, buttons: false });
    }
  }

  /** The turns of everything that counts against a bucket, see `Voice`. */
  laneOf(bucket: string): Lane {
    const lane = this.#lanes.get(bucket) ?? new Lane(this.#needs.clock, this.#needs.limit);
    this.#lanes.set(bucket, lane);
    return lane;
  }

  async #type(channel: string, until: AbortSignal, times = Infinity): Promise<void> {
    try {
      // Whoever waits for an answer goes first, and once there are words nobody needs to be told.
      for (let left = times; await this.#needs.limit.take(false, until); ) {
        await this.#needs.client.rest.post(Routes.channelTyping(channel));
        left -= 1;
        if (left <= 0) return;
        await this.#needs.clock.sleep(TYPING_EVERY, until);
      }
    } catch (error) {
      // Typing is a courtesy: a reply does not depend on it.
      if (!until.aborted)
        this.#needs.log.debug({ channel, ...toldOf(error) }, 'typing was not shown');
    }
  }
}
