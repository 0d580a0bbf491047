import { DiscordAPIError, RateLimitError } from 'discord.js';
import type {
  Clock,
  DeliveredPart,
  DeliveryLog,
  Ending,
  Log,
  ReplyAddress,
  ReplySink,
  Shown,
} from '../app/ports.ts';
import { stopRow } from './components/stop.ts';
import { lostMark } from './embeds/lostMark.ts';
import type { Pace } from './pace.ts';
import { splitMessage } from './splitMessage.ts';
import { isGone, isWebhookGone, type Outgoing, type Voice } from './voice.ts';

export interface StreamNeeds {
  readonly reply: ReplyAddress;
  /** Finds the voice anew, for when a webhook was deleted. */
  readonly voice: (anew: boolean) => Promise<Voice>;
  readonly pace: Pace;
  readonly deliveries: DeliveryLog;
  readonly clock: Clock;
  readonly log: Log;
  /** What to do about a failure, a card in the channel. */
  readonly tell: ReplySink['fail'];
  /** Called when the first words are in the channel. */
  readonly spoke: () => void;
  /** Called once, when the stream has ended, however it ended. */
  readonly closed: () => void;
}

/** How often a request that Discord did not take is tried for the last text, and the waits in between. */
const LAST_TRIES = 6;
const FIRST_WAIT = 500;

/**
 * One reply on its way into a channel: the newest text replaces what is shown, at most one request at a
 * time. Every message is noted before and after its request, so that a process that dies leaves nothing
 * twice and nothing missing (DESIGN 10).
 */
export class ReplyStream implements ReplySink {
  readonly #needs: StreamNeeds;
  readonly #parts: DeliveredPart[];
  readonly #removed = new AbortController();
  /** Fires when the last text is there, so that a pause for the sake of pace ends early. */
  readonly #hurry = new AbortController();
  #text = '';
  #flushing: Promise<void> | null = null;
  /** The parts that may still carry a Stop button. */
  readonly #live = new Set<number>();

  constructor(needs: StreamNeeds) {
    this.#needs = needs;
    this.#parts = needs.deliveries.parts(needs.reply.node);
    for (const { part } of this.#parts) this.#live.add(part);
    needs.pace.begin();
  }

  get removed(): AbortSignal {
    return this.#removed.signal;
  }

  /** True when one of the stream's messages is the one that was deleted. */
  holds(message: string): boolean {
    return this.#parts.some((part) => part.message === message);
  }

  /** A person deleted one of the stream's messages. */
  remove(): void {
    this.#removed.abort();
  }

  show(text: string): void {
    this.#text = text;
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
  }

  async finish(text: string, ending: Ending): Promise<void> {
    this.#hurry.abort();
    await this.#flushing;
    try {
      const parts = splitMessage(text, { limit: await this.#limit() });
      for (let tries = 1; ; tries += 1) {
        try {
          await this.#settle(
            parts.map(({ content, raw }) => ({ content, raw })),
            ending,
          );
          return;
        } catch (error) {
          if (this.#removed.signal.aborted) return;
          if (tries === LAST_TRIES) throw error;
          await this.#recoverFrom(error, tries);
        }
      }
    } finally {
      this.#needs.closed();
    }
  }

  async fail(...[failure, details]: Parameters<ReplySink['fail']>): Promise<void> {
    await this.withdraw();
    await this.#needs.tell(failure, details);
  }

  async withdraw(): Promise<void> {
    this.#hurry.abort();
    await this.#flushing;
    this.#needs.closed();
    await this.#trim(0);
  }

  /** Shows the newest text until nothing newer has come. Its failures wait for the last text. */
  async #flush(): Promise<void> {
    let shown = '';
    let failures = 0;
    while (shown !== this.#text && !this.#hurry.signal.aborted && !this.#removed.signal.aborted) {
      try {
        await this.#pause(this.#needs.pace.take(false));
        if (this.#hurry.signal.aborted) return;
        shown = this.#text;
        const parts = splitMessage(shown, { limit: await this.#limit(), growing: true });
        // One request a round: by the next, there may be newer text to show in its place.
        const next = parts.findIndex(
          ({ content }, at) => this.#parts[at]?.shown?.content !== content,
        );
        const part = parts[next];
        if (part === undefined) continue;
        const full = next < parts.length - 1;
        await this.#put(next, { content: part.content, raw: part.raw }, full ? [] : this.#stop());
        if (full) shown = '';
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === LAST_TRIES) return;
        shown = '';
        try {
          await this.#recoverFrom(error, failures);
        } catch {
          return;
        }
      }
    }
  }

  /** Makes the channel show exactly these parts, without a Stop button. */
  async #settle(parts: readonly Shown[], ending: Ending): Promise<void> {
    for (const [at, part] of parts.entries()) {
      const last = at === parts.length - 1;
      const known = this.#parts[at];
      const settled =
        known?.shown?.content === part.content && known.pending === null && !this.#live.has(at);
      if (settled && !(last && ending === 'lost')) continue;
      await this.#pause(this.#needs.pace.take(true));
      await this.#put(at, part, [], last && ending === 'lost' ? [lostMark()] : []);
    }
    await this.#trim(parts.length);
  }

  /** Sends or edits one part, noted before and after. */
  async #put(
    at: number,
    shown: Shown,
    components: Outgoing['components'],
    embeds: Outgoing['embeds'] = [],
  ): Promise<void> {
    const { deliveries, reply, pace } = this.#needs;
    const voice = await this.#needs.voice(false);
    const known = this.#parts[at] ?? this.#blank(at, voice);
    const content = voice.dress(shown.content, at);
    const note = (part: DeliveredPart) => {
      this.#parts[at] = part;
      deliveries.put(reply.chat, reply.node, part);
    };
    // A send whose answer was lost may have arrived: look before sending it again.
    const message =
      known.message ?? (known.pending ? await this.#adopt(voice, at, known.pending) : null);
    note({ ...known, message, pending: shown });
    const outgoing = { content, components, embeds };
    const answer =
      message === null
        ? await voice.send(outgoing, `${reply.node}:${at}`)
        : await voice.edit(message, outgoing);
    if (message !== null) pace.learn(answer.allowance);
    this.#needs.spoke();
    if (components.length > 0) this.#live.add(at);
    else this.#live.delete(at);
    note({ ...known, message: answer.id, shown, pending: null });
  }

  #blank(at: number, voice: Voice): DeliveredPart {
    const { channel } = this.#needs.reply.binding;
    return { part: at, channel, message: null, by: voice.by, shown: null, pending: null };
  }

  /** The message that a lost answer belongs to, if the send took effect. */
  async #adopt(voice: Voice, at: number, pending: Shown): Promise<string | null> {
    const content = voice.dress(pending.content, at);
    const { deliveries } = this.#needs;
    const found = (await voice.recent()).find(
      (message) => message.content === content && deliveries.replyOf(message.id) === null,
    );
    return found?.id ?? null;
  }

  /** Removes the messages of parts that the text no longer has. */
  async #trim(length: number): Promise<void> {
    const { deliveries, reply } = this.#needs;
    while (this.#parts.length > length) {
      const part = this.#parts.at(-1);
      if (part?.message) {
        const voice = await this.#needs.voice(false);
        await voice.remove(part.message).catch((error) => {
          if (!isGone(error)) throw error;
        });
      }
      this.#parts.pop();
      deliveries.remove(reply.node, this.#parts.length);
    }
  }

  /** Waits as a failure asks for; what cannot be mended is thrown on. */
  async #recoverFrom(error: unknown, tries: number): Promise<void> {
    const { reply, pace, clock, log } = this.#needs;
    if (isGone(error)) {
      this.#removed.abort();
      throw error;
    }
    if (isWebhookGone(error)) {
      await this.#needs.voice(true);
      return;
    }
    if (error instanceof RateLimitError) {
      log.warn(
        { node: reply.node, wait: error.retryAfter, route: error.route },
        'Discord asked to wait',
      );
      pace.blocked(error.retryAfter);
      await clock.sleep(error.retryAfter);
      return;
    }
    log.warn({ node: reply.node, err: error, tries }, 'Discord did not take a part of a reply');
    // What Discord refuses once it refuses again: only faults of its own or of the network pass.
    if (error instanceof DiscordAPIError && error.status < 500) throw error;
    await clock.sleep(FIRST_WAIT * 2 ** (tries - 1));
  }

  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    // Waking early is what the signal is for, not a failure.
    await this.#needs.clock.sleep(milliseconds, this.#hurry.signal).catch(() => {});
  }

  #stop(): Outgoing['components'] {
    return [stopRow(this.#needs.reply.chat)];
  }

  async #limit(): Promise<number> {
    return (await this.#needs.voice(false)).limit;
  }
}
