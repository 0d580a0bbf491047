import { type Client, PermissionFlagsBits, RateLimitError, type REST } from 'discord.js';
import type { Board, Outcome, Panel, PanelView } from '../../app/panels.ts';
import type { Clock } from '../../app/ports/clock.ts';
import type { Log } from '../../app/ports/log.ts';
import type { ChatId, EntityId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import type { Lane, RequestKind } from '../lane.ts';
import { type Problem, problemOf, toldOf } from '../problem.ts';
import type { LanguageOf } from '../publicTexts.ts';
import { textsFor } from '../texts.ts';
import { type Answered, botVoice, type Outgoing } from '../voice.ts';
import { panelMessage } from './panelMessage.ts';

interface Needs {
  readonly client: Client;
  /** See `createStreamRest`. */
  readonly rest: { readonly sends: REST; readonly edits: REST };
  readonly clock: Clock;
  readonly log: Log;
  /** The turns of whatever counts against a bucket: a panel takes its own among those of replies. */
  laneOf(bucket: string): Lane;
  readonly languageOf: LanguageOf;
}

const OUTCOMES: Partial<Record<Problem, Outcome>> = {
  gone: 'gone',
  limited: 'passing',
  passing: 'passing',
};
/** More edits of messages older than an hour than Discord takes. */
const TOO_OLD = 30046;

/** Live panels as messages of the bot's own. */
export class PanelBoard implements Board {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async post(chat: ChatId, channel: string, view: PanelView, by: EntityId): Promise<string> {
    this.#demand(channel);
    const { clock } = this.#needs;
    const body = this.#body(chat, channel, view, by);
    // Equal for a second try of the same request, and for nothing else.
    const nonce = `panel:${clock.now()}`;
    for (;;) {
      try {
        return (await this.#ask(channel, 'send', (voice) => voice.send(body, nonce))).id;
      } catch (error) {
        if (!(error instanceof RateLimitError)) throw error;
      }
    }
  }

  async edit({ chat, channel, message, by }: Panel, view: PanelView): Promise<Outcome> {
    const body = this.#body(chat, channel, view, by);
    try {
      await this.#ask(channel, 'edit', (voice) => voice.edit(message, body));
      return 'shown';
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === TOO_OLD) return 'old';
      const outcome = OUTCOMES[problemOf(error)] ?? 'unreachable';
      if (outcome === 'unreachable') {
        this.#needs.log.warn(
          { channel, ...toldOf(error) },
          'a panel could not be brought up to date',
        );
      }
      return outcome;
    }
  }

  async remove(channel: string, message: string): Promise<void> {
    try {
      await this.#voice(channel).remove(message);
    } catch (error) {
      if (problemOf(error) === 'gone') return;
      this.#needs.log.warn({ channel, ...toldOf(error) }, 'a panel could not be taken away');
    }
  }

  #body(chat: ChatId, id: string, view: PanelView, by: EntityId): Outgoing {
    const { client, clock, languageOf } = this.#needs;
    const channel = client.channels.cache.get(id);
    const guild = channel === undefined || channel.isDMBased() ? null : channel.guild.id;
    const at = Math.floor(clock.now() / 1_000);
    return panelMessage(chat, view, by, at, textsFor(languageOf(chat, guild)));
  }

  #voice(channel: string) {
    const { client, rest, clock } = this.#needs;
    return botVoice({ ...rest, plain: client.rest, clock }, channel, '');
  }

  async #ask(
    channel: string,
    kind: RequestKind,
    request: (voice: ReturnType<typeof botVoice>) => Promise<Answered>,
  ): Promise<Answered> {
    const voice = this.#voice(channel);
    let answered: Answered | null = null;
    await this.#needs.laneOf(voice.bucket).run({ kind, urgent: false }, async () => {
      answered = await request(voice);
      return { kind, allowance: answered.allowance };
    });
    if (answered === null) throw new Error('nothing was asked');
    return answered;
  }

  /** @throws {Refusal} `may-not-speak`. */
  #demand(id: string): void {
    const { client } = this.#needs;
    const channel = client.channels.cache.get(id);
    if (!channel || channel.isDMBased() || client.user === null) return;
    const may = channel.permissionsFor(client.user);
    const send = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
    const missing = (['ViewChannel', send, 'EmbedLinks'] as const).find(
      (each) => !may?.has(PermissionFlagsBits[each]),
    );
    if (missing === undefined) return;
    const permission = missing.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    throw new Refusal('may-not-speak', { permission });
  }
}
