import { setImmediate } from 'node:timers/promises';
import {
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type Message,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Clock } from '../app/ports/clock.ts';
import type { AwayBounds } from '../app/whileAway.ts';
import type { Bot } from './bot.ts';
import { channelFor, type History, meet, readBack } from './channelHistory.ts';
import type { GlobalLimit } from './globalLimit.ts';
import { editedIn, heardIn, tellHearing } from './hearMessage.ts';
import { errorFields, problemOf } from './problem.ts';
import { askAboutPurge, noteRemoved } from './removedMessages.ts';
import { sendOnce } from './sendOnce.ts';
import { textsFor } from './texts.ts';
import { Turnstile } from './turnstile.ts';

export type ReconcileNeeds = Pick<Bot, 'client' | 'troupe' | 'stage' | 'log'> & {
  readonly clock: Clock;
  readonly bounds: AwayBounds;
  readonly limit: GlobalLimit;
};

/** Channels that are read at the same time. */
const AT_ONCE = 4;
/** How often a channel is tried that the network lost, and milliseconds before the second time. */
const TRIES = 5;
const WAIT = 1_000;
/** With more turns than these gone, nobody can say that their authors wanted them out of the story. */
const MOST_REMOVED = 3;
/** Milliseconds that a person waits for a channel before what they press is taken: of Discord's 3 s. */
const PATIENCE = 1_000;

/** What was found in all channels, for the log. */
const nothing = () => ({
  channels: 0,
  /** Channels that vanished. */
  gone: 0,
  /** Channels that the bot may not read, or cannot now. */
  closed: 0,
  /** Channels where something went wrong. */
  failed: 0,
  /** Messages that became turns. */
  taken: 0,
  /** Channels where something was passed over. */
  skipped: 0,
  revised: 0,
  removed: 0,
  /** Owners who were asked. */
  asked: 0,
});

/**
 * Makes good what happened while the bot was away: after a start, and after a gateway session that was not
 * resumed. A channel's own events wait for it; everything else goes on.
 */
export class Reconcile {
  readonly #needs: ReconcileNeeds;
  readonly #turnstile = new Turnstile(AT_ONCE);
  /** Channels that nobody reads yet. */
  readonly #queued = new Set<string>();
  readonly #waiting = new Map<string, Promise<void>>();
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #begun = Promise.withResolvers<void>();
  /** Sessions of which Discord has still to tell which channels there are; resolves when it has. */
  readonly #untold = new Set<number>();
  #told = Promise.withResolvers<void>();
  #report = nothing();

  constructor(needs: ReconcileNeeds) {
    this.#needs = needs;
    const { client } = needs;
    // A session that is resumed is told what it missed; a new one is told nothing of it.
    client.ws.on(GatewayDispatchEvents.Ready, (_ready: unknown, shard: number) => {
      if (this.#untold.size === 0) this.#told = Promise.withResolvers();
      this.#untold.add(shard);
      this.#wait(() => true);
    });
    client.on(Events.ShardReady, (shard) => {
      this.#untold.delete(shard);
      if (this.#untold.size === 0) this.#told.resolve();
    });
    // After an outage of Discord's own: what was asked for meanwhile was refused.
    client.on(Events.GuildAvailable, ({ channels }) => this.#wait((id) => channels.cache.has(id)));
  }

  /** What a process that ended left undone is taken up: from now on channels are read. */
  begin(): void {
    this.#begun.resolve();
  }

  /** Something came in a channel that waits for it. */
  hurry(channel: string): void {
    if (this.#queued.has(channel)) this.#turnstile.hurry(channel);
  }

  /** Resolves when a channel is read, or a person cannot wait any longer. */
  async settled(channel: string): Promise<void> {
    const going = this.#waiting.get(channel);
    if (going === undefined) return;
    this.hurry(channel);
    const done = new AbortController();
    const patience = this.#needs.clock.sleep(PATIENCE, done.signal).catch(() => {});
    await Promise.race([going, patience]);
    done.abort();
  }

  /** Resolves when nothing is being changed any more: the rest is done after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  /** Puts the events of channels behind the reading of each. */
  #wait(among: (channel: string) => boolean): void {
    const { troupe } = this.#needs;
    for (const channel of troupe.away.channels()) {
      if (this.#queued.has(channel) || !among(channel)) continue;
      this.#queued.add(channel);
      const done = troupe.words.inOrder(channel, () =>
        this.#turnstile.run(channel, () => this.#settle(channel)),
      );
      this.#waiting.set(channel, done);
      void done.then(() => {
        if (this.#waiting.get(channel) === done) this.#waiting.delete(channel);
        if (this.#waiting.size === 0) this.#tell();
      });
    }
  }

  async #settle(channel: string): Promise<void> {
    await Promise.all([this.#begun.promise, this.#told.promise]);
    this.#queued.delete(channel);
    if (!this.#closing.signal.aborted) {
      const work = this.#try(channel);
      this.#running.add(work);
      await work;
      this.#running.delete(work);
    }
    // What is not read now must not be passed over by what comes live: it waits for the next start.
    if (this.#closing.signal.aborted) await new Promise(() => {});
  }

  #tell(): void {
    this.#needs.log.info(this.#report, 'what happened meanwhile is in the stories');
    this.#report = nothing();
  }

  /** Never rejects: a channel that cannot be made good is played on. */
  async #try(channel: string): Promise<void> {
    const { clock, log } = this.#needs;
    const { signal } = this.#closing;
    this.#report.channels += 1;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#make(channel);
      } catch (error) {
        const problem = problemOf(error);
        if (problem === 'unreachable') {
          this.#report.closed += 1;
          return;
        }
        if (problem === 'passing' && tries < TRIES && !signal.aborted) {
          await clock.sleep(WAIT * 2 ** (tries - 1), signal).catch(() => {});
          if (!signal.aborted) continue;
        }
        this.#report.failed += 1;
        log.warn({ channel, ...errorFields(error) }, 'what happened in a channel is not known');
        return;
      }
    }
  }

  async #make(id: string): Promise<void> {
    const { client, troupe, stage, clock, bounds } = this.#needs;
    const known = troupe.away.remembered(id, bounds.compare);
    if (known === null) return;
    const channel = await channelFor(client, id, known.guild);
    if (channel === 'closed') {
      this.#report.closed += 1;
      return;
    }
    if (channel === 'gone') return await this.#vanished(id);
    let history: History;
    try {
      history = await readBack(this.#needs, channel, known, bounds.messages);
    } catch (error) {
      const vanished =
        error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel;
      if (!vanished || known.guild === null) throw error;
      return await this.#vanished(id);
    }
    const happened = troupe.away.compare(known, history, bounds, clock.now());
    const guild = 'guild' in channel ? channel.guild : null;
    const wanted = happened.missing.filter((each) => noteRemoved({ stage, troupe }, id, each));
    if (happened.turnsMissing > MOST_REMOVED) {
      await this.#step(id, async () => {
        this.#report.asked += await askAboutPurge({ stage, troupe }, channel, wanted);
      });
    } else {
      for (const each of wanted) {
        await this.#step(id, async () => {
          if (await troupe.words.deleted(each)) this.#report.removed += 1;
        });
      }
    }
    for (const message of messagesIn(history, happened.edited)) {
      await this.#step(id, async () => {
        await meet(guild, message);
        const edited = editedIn(message);
        if (edited !== null && (await troupe.words.edited(edited))) this.#report.revised += 1;
      });
    }
    if (happened.skipped !== null) {
      this.#report.skipped += 1;
      const server = guild?.preferredLocale ?? null;
      const locale = troupe.languageIn(known.chat, guild?.id ?? null, server);
      const content = textsFor(locale).words.away.skipped;
      await this.#step(id, async () => {
        if (!channel.isSendable()) return;
        await sendOnce(channel, `away:${known.seen.message}`, { content });
      });
    }
    await this.#take(id, messagesIn(history, happened.come));
    if (happened.skipped !== null) troupe.away.passOver(id, happened.skipped);
  }

  /** What is refused leaves everything else alone; what the network lost is tried again with the channel. */
  async #step(channel: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (problemOf(error) === 'passing') throw error;
      const { log } = this.#needs;
      log.warn(
        { channel, ...errorFields(error) },
        'something that happened could not be made good',
      );
    }
  }

  /** Messages become turns in their order, and are answered together. */
  async #take(id: string, come: readonly Message[]): Promise<void> {
    const { troupe } = this.#needs;
    let asks = false;
    for (const message of come) {
      // A long absence keeps nobody else waiting.
      await setImmediate();
      // The rest is taken after the next start.
      if (this.#closing.signal.aborted) return;
      await this.#step(id, async () => {
        await meet(message.guild, message);
        const heard = await troupe.hear(heardIn(message), true);
        if (heard !== 'not-allowed' && heard !== 'no-story') this.#report.taken += 1;
        // What is past someone's day is answered with what comes later.
        asks ||= heard === 'taken' || heard === 'unheard';
        await tellHearing(troupe, message, heard);
      });
    }
    if (asks) troupe.answer(id);
  }

  async #vanished(channel: string): Promise<void> {
    const { troupe, stage } = this.#needs;
    stage.channelRemoved(channel);
    await troupe.channelGone(channel);
    this.#report.gone += 1;
  }
}

const messagesIn = ({ messages }: History, ids: readonly string[]): Message[] =>
  ids.flatMap((id) => messages.get(id) ?? []);
