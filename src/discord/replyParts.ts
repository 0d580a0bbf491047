import type { DeliveredPart, DeliveryLog, Shown } from '../app/ports/deliveryLog.ts';
import type { ReplyAddress } from '../app/ports/stage.ts';
import type { ChannelView } from './channelView.ts';
import { isStopOf } from './components/stop.ts';
import type { RequestKind, Used } from './lane.ts';
import { problemOf } from './problem.ts';
import { splitMessage } from './splitMessage.ts';
import type { Outgoing, Voice } from './voice.ts';

interface PartsNeeds {
  readonly reply: ReplyAddress;
  readonly deliveries: DeliveryLog;
  readonly view: ChannelView;
  /** Who speaks there now. */
  readonly voice: () => Promise<Voice>;
  /** The bot's own voice, for what it said itself. */
  readonly bot: Voice;
}

/** What stands under a part's text. */
export type Below = Pick<Outgoing, 'components' | 'embeds'>;

/**
 * The messages that show one reply. Each is noted before and after its request, so that a process that
 * dies, or an answer that is lost, leaves nothing twice and nothing missing (DESIGN 10).
 */
export class ReplyParts {
  readonly #needs: PartsNeeds;
  #parts: DeliveredPart[];
  /** So many of the first parts cannot be edited or taken away any more: they stay as they stand. */
  #frozen = 0;

  constructor(needs: PartsNeeds) {
    this.#needs = needs;
    this.#parts = needs.deliveries.parts(needs.reply.root);
  }

  get length(): number {
    return this.#parts.length;
  }

  /** True when one of the messages is the one that is asked about. */
  holds(message: string): boolean {
    return this.#parts.some((part) => part.message === message);
  }

  /** The reply's text as far as the channel is known to show it. */
  text(): string {
    return this.#parts.map(({ shown }) => shown?.raw ?? '').join('');
  }

  /** The messages that a text takes, those that cannot be changed first. */
  async plan(text: string, growing: boolean): Promise<readonly Shown[]> {
    const { bot, voice } = this.#needs;
    const current = await voice();
    const byBot = this.#parts.some(({ by }) => by === 'bot');
    const limit = byBot ? Math.min(current.limit, bot.limit) : current.limit;
    const stay = this.#parts.slice(0, this.#frozen).flatMap(({ shown }) => shown ?? []);
    const said = stay.map(({ raw }) => raw).join('');
    const rest = text.startsWith(said) ? text.slice(said.length) : text;
    const parts = splitMessage(rest, { limit, growing });
    return [...stay, ...parts.map(({ content, raw }) => ({ content, raw }))];
  }

  /** The first part that does not show what it should, buttons on any but the last included. */
  firstStale(plan: readonly Shown[]): number | null {
    const stale = plan.findIndex(
      ({ content }, at) =>
        at >= this.#frozen &&
        (this.#parts[at]?.shown?.content !== content || (at < plan.length - 1 && this.isLive(at))),
    );
    return stale === -1 ? null : stale;
  }

  /** True when a part shows this for certain, or cannot be made to. */
  shows(at: number, { content, raw }: Shown): boolean {
    const { shown = null, pending = null } = this.#parts[at] ?? {};
    if (at < this.#frozen) return true;
    // The same words in the messages of another reply are said anew: they count for this one then.
    return shown?.content === content && shown.raw === raw && pending === null;
  }

  /** True when a part may still carry buttons. */
  isLive(at: number): boolean {
    return at >= this.#frozen && this.#parts[at]?.buttons === true;
  }

  kindOf(at: number): RequestKind {
    return this.#parts[at]?.message ? 'edit' : 'send';
  }

  /** Sends or edits one part; null when it was let go instead, and everything is to be planned anew. */
  async put(at: number, shown: Shown, below: Below): Promise<Used> {
    const { reply } = this.#needs;
    // A send whose answer was lost may have arrived: look before sending it again.
    const message = this.#parts[at]?.message ?? (await this.#messageOfLostSend(at));
    const blank = this.#blank(at, await this.#needs.voice());
    const before = message === null ? blank : { ...(this.#parts[at] ?? blank), message };
    const known = { ...before, buttons: before.buttons || below.components.length > 0 };
    this.#parts[at] = known;
    const voice = await this.#voiceOf(at);
    if (voice === null) {
      await this.#letGo(at);
      return null;
    }
    const content = voice.dress(shown.content, at === this.#frozen);
    // Where only what is below changes, the text stands whatever becomes of the request.
    const says = known.message === null || known.pending || known.shown?.content !== shown.content;
    if (says) this.#note(at, { ...known, pending: shown });
    else if (known.buttons !== before.buttons) this.#note(at, known);
    const kind = known.message === null ? 'send' : 'edit';
    const outgoing = { content, ...below };
    const answer =
      known.message === null
        ? await voice.send(outgoing, `${reply.node}:${at}`)
        : await voice.edit(known.message, outgoing);
    // A nonce that Discord knew gives the message of that first time, with what it said then.
    const took = kind === 'edit' || voice.by === 'webhook' || answer.content === content;
    const buttons = below.components.length > 0 || !took;
    const now = took ? shown : null;
    this.#note(at, { ...known, message: answer.id, shown: now, pending: null, buttons });
    return { kind, allowance: answer.allowance };
  }

  /** Removes the messages of parts that the text no longer has. */
  async trim(length: number): Promise<void> {
    const { deliveries, reply } = this.#needs;
    while (this.#parts.length > Math.max(length, this.#frozen)) {
      const at = this.#parts.length - 1;
      const message = this.#parts[at]?.message ?? (await this.#messageOfLostSend(at));
      if (message !== null) await this.#remove(at, message);
      this.#parts.pop();
      deliveries.remove(reply.root, at);
    }
  }

  /**
   * A part's message cannot be edited: Discord does not know it, or it is of a webhook that is gone.
   * @returns false when a person has deleted it.
   */
  async takeOver(): Promise<boolean> {
    for (let at = this.#frozen; at < this.#parts.length; at += 1) {
      const message = this.#parts[at]?.message;
      if (!message) continue;
      if (await (await this.#voiceOf(at))?.read(message)) continue;
      if ((await this.#needs.view.read(message)) === null) return false;
      await this.#letGo(at);
      return true;
    }
    return false;
  }

  /** Compares what is noted with what the channel shows, for a process that has not seen it itself. */
  async refresh(): Promise<void> {
    const { deliveries, reply } = this.#needs;
    const found: DeliveredPart[] = [];
    for (const [at, part] of this.#parts.entries()) {
      const message = part.message ?? (await this.#messageOfLostSend(at));
      const content = message === null ? null : await this.#contentOf(at, message);
      if (content === null) continue;
      const arrived = part.pending !== null && content === this.#dressed(part, part.pending);
      const shown = arrived ? part.pending : part.shown;
      found.push({ ...part, part: found.length, message, shown, pending: null, buttons: true });
    }
    for (const { part } of this.#parts) deliveries.remove(reply.root, part);
    this.#parts = [];
    for (const [at, part] of found.entries()) this.#note(at, part);
  }

  #note(at: number, part: DeliveredPart): void {
    const { deliveries, reply } = this.#needs;
    this.#parts[at] = part;
    deliveries.put(reply.chat, reply.root, part);
  }

  #blank(at: number, voice: Voice): DeliveredPart {
    const { channel } = this.#needs.reply.binding;
    const nothing = { message: null, shown: null, pending: null, buttons: false };
    return { part: at, channel, by: voice.by, ...nothing };
  }

  /** The voice that can edit a part; null when its webhook is out of reach. */
  async #voiceOf(at: number): Promise<Voice | null> {
    const by = this.#parts[at]?.by;
    if (by === 'bot') return this.#needs.bot;
    const current = await this.#needs.voice();
    return current.by === by ? current : null;
  }

  #dressed(part: DeliveredPart, { content }: Shown): string {
    return part.by === 'bot' ? this.#needs.bot.dress(content, part.part === this.#frozen) : content;
  }

  async #messageOfLostSend(at: number): Promise<string | null> {
    const part = this.#parts[at];
    return part?.pending ? await this.#lostSend(part, part.pending) : null;
  }

  /** The message that a lost answer belongs to, if the send took effect. */
  async #lostSend(part: DeliveredPart, pending: Shown): Promise<string | null> {
    const { deliveries, view, reply } = this.#needs;
    const content = this.#dressed(part, pending);
    const found = (await view.recent()).find(
      (message) =>
        deliveries.replyOf(message.id) === null &&
        (message.buttons.some((id) => isStopOf(id, reply, part.part)) ||
          (message.content === content &&
            message.buttons.every((id) => id.includes(`:${reply.chat}:${reply.node}`)))),
    );
    return found?.id ?? null;
  }

  async #contentOf(at: number, message: string): Promise<string | null> {
    const own = await (await this.#voiceOf(at))?.read(message);
    return (own ?? (await this.#needs.view.read(message)))?.content ?? null;
  }

  /**
   * Lets a part go that nobody here can edit: it is taken away, with what follows it, to be said anew;
   * or it stays as it stands where the bot may not manage messages.
   */
  async #letGo(at: number): Promise<void> {
    const { view } = this.#needs;
    const part = this.#parts[at];
    if (!part?.message) return;
    try {
      await view.remove(part.message);
    } catch (error) {
      if (problemOf(error) !== 'unreachable') throw error;
      const content = (await view.read(part.message))?.content;
      const arrived = part.pending !== null && content === this.#dressed(part, part.pending);
      const asItStands = part.shown ?? { content: content ?? '', raw: '' };
      this.#note(at, { ...part, shown: arrived ? part.pending : asItStands, pending: null });
      this.#frozen = at + 1;
      return;
    }
    this.#note(at, { ...part, message: null, shown: null, pending: null });
    await this.trim(at);
  }

  async #remove(at: number, message: string): Promise<void> {
    this.#needs.view.own.add(message);
    try {
      const voice = await this.#voiceOf(at);
      if (voice !== null) return await voice.remove(message);
    } catch (error) {
      if (!['gone', 'webhook-gone', 'unreachable'].includes(problemOf(error))) throw error;
    }
    // Of a webhook that is gone, perhaps; where the bot may not take it away either, it stays.
    await this.#needs.view.remove(message).catch((refused) => {
      if (problemOf(refused) !== 'unreachable') throw refused;
    });
  }
}
