import type { Clock } from '../app/ports/clock.ts';
import type { DeliveryLog } from '../app/ports/deliveryLog.ts';
import type { Log } from '../app/ports/log.ts';
import {
  type Ending,
  type Offers,
  OutOfReach,
  type ReplyAddress,
  type ReplySink,
} from '../app/ports/stage.ts';
import type { ChannelView } from './channelView.ts';
import { stopRow } from './components/stop.ts';
import type { Lane } from './lane.ts';
import { problemOf, toldOf } from './problem.ts';
import { endOf, NOTHING } from './replyEnd.ts';
import { type Below, ReplyParts } from './replyParts.ts';
import { textsFor } from './texts.ts';
import type { Voice } from './voice.ts';

export interface StreamNeeds {
  readonly reply: ReplyAddress;
  readonly deliveries: DeliveryLog;
  readonly view: ChannelView;
  /** Finds who speaks there. @param anew for when a webhook turned out to be gone. */
  readonly findVoice: (anew: boolean) => Promise<Voice>;
  readonly bot: Voice;
  /** Of what everyone reads there. */
  readonly locale: string | null;
  readonly laneOf: (voice: Voice) => Lane;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when the first words are in the channel. Never rejects. */
  readonly spoke: () => Promise<void>;
  /** Called once, when the stream has ended, however it ended. */
  readonly closed: () => void;
}

/** Milliseconds to wait after a request that failed, doubled with each failure in a row. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;

const DELETED = 'deleted';
const UNREACHABLE = 'unreachable';

/**
 * One reply on its way into a channel: the newest text replaces what is shown, at most one request at a
 * time. While it streams, what fails is left to the next text; the last text is tried until it is there.
 */
export class ReplyStream implements ReplySink {
  readonly #needs: StreamNeeds;
  readonly #parts: ReplyParts;
  readonly #removed = new AbortController();
  /** Fires when the last text is there: what waits for the sake of pace gives way to it. */
  readonly #hurry = new AbortController();
  readonly #over: AbortSignal;
  #voice: Promise<Voice> | null = null;
  #text = '';
  #flushing: Promise<void> | null = null;
  /** Requests that failed in a row. */
  #failures = 0;
  /** What follows from the first words; null before them. */
  #spoke: Promise<void> | null = null;

  constructor(needs: StreamNeeds) {
    this.#needs = needs;
    const { reply, deliveries, view, bot } = needs;
    const voice = () => this.#findVoice(false);
    this.#parts = new ReplyParts({ reply, deliveries, view, voice, bot });
    this.#over = AbortSignal.any([this.#hurry.signal, this.#removed.signal]);
  }

  /** Finds the voice while the model thinks, so that the first words do not wait for it. */
  async prepare(): Promise<void> {
    try {
      const voice = await this.#findVoice(false);
      this.#needs.laneOf(voice).begin();
    } catch (error) {
      // Asked again when there is something to say.
      const { reply, log } = this.#needs;
      log.warn({ chat: reply.chat, ...toldOf(error) }, 'a voice was not found at once');
    }
  }

  get removed(): AbortSignal {
    return this.#removed.signal;
  }

  kept(): string {
    return this.#removed.signal.reason === UNREACHABLE ? this.#own(this.#parts.text()) : '';
  }

  /** True when one of the stream's messages is the one that was deleted. */
  holds(message: string): boolean {
    return this.#parts.holds(message);
  }

  /** A person deleted one of the stream's messages, or the channel with them. */
  remove(): void {
    this.#removed.abort(DELETED);
  }

  show(text: string): void {
    this.#text = this.#whole(text);
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
  }

  async finish(text: string, ending: Ending, offers: Offers | null): Promise<void> {
    this.#hurry.abort();
    await this.#flushing;
    const end = endOf(this.#needs.reply, ending, offers, this.#needs.locale);
    try {
      await this.#persist(() => this.#settle(this.#whole(text), end));
      if (this.#removed.signal.reason === UNREACHABLE) throw new OutOfReach();
      // With one of its messages goes what was on its way when a person deleted that.
      if (this.#removed.signal.aborted) await this.#persist(() => this.#parts.trim(0), NEVER);
    } catch (error) {
      if (!['unreachable', 'archived'].includes(problemOf(error))) throw error;
      throw new OutOfReach('', { cause: error });
    } finally {
      this.#needs.closed();
    }
  }

  async withdraw(): Promise<void> {
    this.#hurry.abort();
    await this.#flushing;
    try {
      const { reply } = this.#needs;
      // A person's deletion ends what is shown, not this.
      if (reply.before === '') await this.#persist(() => this.#parts.trim(0), NEVER);
      // What it was to go on from stands as it did.
      else await this.#persist(() => this.#settle(reply.before, NOTHING));
    } catch (error) {
      if (problemOf(error) !== 'unreachable') throw error;
      // Where nothing can be reached there is nothing to take away.
    } finally {
      this.#needs.closed();
    }
  }

  async close(): Promise<void> {
    this.#hurry.abort();
    await this.#flushing;
    this.#needs.closed();
  }

  /** What the channel shows of the reply, for a process that has not seen it itself. */
  async shown(): Promise<string> {
    try {
      await this.#persist(() => this.#parts.refresh());
    } catch (error) {
      if (problemOf(error) !== 'unreachable') throw error;
      // What cannot be seen is as it was last known.
    }
    return this.#own(this.#parts.text());
  }

  /** Shows the newest text until nothing newer has come. */
  async #flush(): Promise<void> {
    while (!this.#over.aborted) {
      try {
        if (!(await this.#step())) return;
        this.#failures = 0;
      } catch (error) {
        if (await this.#mend(error, this.#over)) continue;
        const problem = problemOf(error);
        if (problem === 'gone') this.#removed.abort(DELETED);
        else if (problem === 'unreachable' || problem === 'archived') {
          this.#removed.abort(UNREACHABLE);
        } else {
          // What is refused for good is left to the last text, which says so.
          this.#hurry.abort();
        }
      }
    }
  }

  /** One request: by the next, there may be newer text to show in its place. False when all is shown. */
  async #step(): Promise<boolean> {
    const { reply, laneOf, locale } = this.#needs;
    const stale = async () => {
      const plan = await this.#parts.plan(this.#text, true);
      const at = this.#parts.firstStale(plan);
      const part = at === null ? undefined : plan[at];
      return at === null || part === undefined ? null : { at, part, last: at === plan.length - 1 };
    };
    const before = await stale();
    if (before === null) return false;
    const kind = this.#parts.kindOf(before.at);
    const lane = laneOf(await this.#findVoice(false));
    const urgent = this.#spoke === null;
    await lane.run({ kind, urgent, signal: this.#over }, async () => {
      const now = await stale();
      if (now === null || this.#parts.kindOf(now.at) !== kind) return null;
      const components = now.last ? [stopRow(reply, now.at, textsFor(locale))] : [];
      const used = await this.#parts.put(now.at, now.part, { components, embeds: [] });
      this.#speaks();
      return used;
    });
    return true;
  }

  /** Makes the channel show exactly this text, and below it nothing but this. */
  async #settle(text: string, end: Below): Promise<void> {
    const plan = await this.#parts.plan(text, false);
    for (const [at, part] of plan.entries()) {
      const below = at === plan.length - 1 ? end : NOTHING;
      const bare = below.components.length + (below.embeds?.length ?? 0) === 0;
      if (bare && this.#parts.shows(at, part) && !this.#parts.isLive(at)) continue;
      const lane = this.#needs.laneOf(await this.#findVoice(false));
      const kind = this.#parts.kindOf(at);
      await lane.run({ kind, urgent: true }, () => this.#parts.put(at, part, below));
      // What was let go, or turned out to show something else, is planned and said anew.
      if (!this.#parts.shows(at, part)) return await this.#settle(text, end);
    }
    await this.#parts.trim(plan.length);
    this.#speaks();
    await this.#spoke;
  }

  /** Does it until it is done. What cannot be mended is thrown, unless it is that nothing is left. */
  async #persist(work: () => Promise<void>, until = this.#removed.signal): Promise<void> {
    while (!until.aborted) {
      try {
        await work();
        this.#failures = 0;
        return;
      } catch (error) {
        if (await this.#mend(error, until)) continue;
        if (problemOf(error) !== 'gone') throw error;
        this.#removed.abort(DELETED);
        return;
      }
    }
  }

  /** Does what a failure asks for. True when the next try may succeed. */
  async #mend(error: unknown, until: AbortSignal): Promise<boolean> {
    this.#failures += 1;
    const { view, clock, log, reply } = this.#needs;
    const { chat, node } = reply;
    log.warn({ chat, node, ...toldOf(error) }, 'Discord did not take a part of a reply');
    try {
      switch (problemOf(error)) {
        case 'limited':
          // The lane keeps to it.
          return true;
        case 'webhook-gone':
          await this.#findVoice(true);
          return true;
        case 'gone':
          return await this.#parts.takeOver();
        case 'archived':
          return await view.open();
        case 'passing': {
          const wait = Math.min(FIRST_WAIT * 2 ** this.#failures, LONGEST_WAIT);
          await clock.sleep(wait, until).catch(() => {});
          return true;
        }
        default:
          return false;
      }
    } catch (next) {
      // Mending failed: that is what is to be mended now.
      return await this.#mend(next, until);
    }
  }

  /** The voice that was found stays until it is known to be gone; a failure is not kept. */
  #findVoice(anew: boolean): Promise<Voice> {
    if (anew) this.#voice = null;
    this.#voice ??= this.#needs.findVoice(anew).catch((error) => {
      this.#voice = null;
      throw error;
    });
    return this.#voice;
  }

  /** With what the messages show in front of it. */
  #whole(text: string): string {
    const { before } = this.#needs.reply;
    return before === '' ? text : `${before} ${text}`;
  }

  /** Without what the messages show in front of it. */
  #own(text: string): string {
    return text.slice(this.#needs.reply.before.length).trim();
  }

  #speaks(): void {
    this.#spoke ??= this.#needs.spoke();
  }
}

const NEVER = new AbortController().signal;
