import {
  type APIWebhook,
  type Client,
  DiscordAPIError,
  type GuildBasedChannel,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Log } from '../app/ports/log.ts';
import type { ReplyAddress } from '../app/ports/stage.ts';
import type { Store } from '../app/ports/store.ts';
import type { ChatId } from '../engine/ids.ts';
import type { Binding } from '../engine/state/frame.ts';
import type { Avatars } from './avatars.ts';
import { problemOf, toldOf } from './problem.ts';
import type { LanguageOf } from './publicTexts.ts';
import { textsFor } from './texts.ts';
import { botVoice, type Voice, type WebhookKey, type Wires, webhookVoice } from './voice.ts';

interface VoicesNeeds {
  readonly client: Client;
  readonly wires: Wires;
  readonly store: Pick<Store, 'firstTime'>;
  readonly avatars: Avatars;
  readonly log: Log;
  readonly languageOf: LanguageOf;
}

/** Begins the name of the channel's webhook; the chat that is bound there follows. */
const NAME = 'Troupe';

/** Finds who can speak in a channel: one webhook of the application's own per channel, else the bot. */
export class Voices {
  readonly #needs: VoicesNeeds;
  readonly #webhooks = new Map<string, Promise<WebhookKey>>();

  constructor(needs: VoicesNeeds) {
    this.#needs = needs;
  }

  /** The bot's own voice, which is there wherever the bot may write. */
  bot({ binding, sheet }: ReplyAddress): Voice {
    return botVoice(this.#needs.wires, binding.channel, sheet.name);
  }

  /**
   * The character's own voice where there can be one, else the bot's; what is missing for it is said
   * once per channel.
   * @param anew forgets the webhook that was known, for when Discord says that it is gone.
   */
  async of(reply: ReplyAddress, anew: boolean): Promise<Voice> {
    if (reply.quoted) return this.bot(reply);
    const channel = await this.#needs.client.channels.fetch(reply.binding.channel);
    if (channel === null || channel.isDMBased()) return this.bot(reply);
    const voice = await this.#byWebhook(channel, reply.chat, reply.sheet, anew);
    if (voice !== null) return voice;
    await this.#mention(reply);
    return this.bot(reply);
  }

  /** The voice of the channel's webhook, for what it said before, whoever spoke; null without one. */
  async before({ channel: id }: Binding, chat: ChatId): Promise<Voice | null> {
    const channel = await this.#needs.client.channels.fetch(id);
    if (channel === null || channel.isDMBased()) return null;
    return await this.#byWebhook(channel, chat, { name: NAME, avatar: null }, false);
  }

  /** Null where there is no webhook to be had. */
  async #byWebhook(
    channel: GuildBasedChannel,
    chat: ChatId,
    sheet: ReplyAddress['sheet'],
    anew: boolean,
  ): Promise<Voice | null> {
    const { client, wires, avatars } = this.#needs;
    // A thread's webhook is its parent's.
    const owner = channel.isThread() ? channel.parent : channel;
    if (owner === null) return null;
    if (anew) this.#webhooks.delete(owner.id);
    const thread = channel.isThread() ? channel.id : null;
    try {
      // A webhook that is known goes on speaking though the right to manage it was taken away.
      if (!this.#webhooks.has(owner.id) && !mayUseWebhooks(client, owner)) throw new NoWebhook();
      const [webhook, avatar] = await Promise.all([
        this.#webhook(owner.id, thread === null ? chat : null),
        avatars.url(sheet.avatar),
      ]);
      return webhookVoice(wires, webhook, thread, { username: sheet.name, avatar_url: avatar });
    } catch (error) {
      if (!(error instanceof NoWebhook) && !isRefusal(error)) throw error;
      return null;
    }
  }

  /** Streams that begin at the same moment share one look-up, so that a channel never gets two webhooks. */
  async #webhook(channel: string, chat: string | null): Promise<WebhookKey> {
    const known = this.#webhooks.get(channel) ?? this.#find(channel, chat);
    this.#webhooks.set(channel, known);
    try {
      return await known;
    } catch (error) {
      this.#webhooks.delete(channel);
      throw error;
    }
  }

  async #find(channel: string, chat: string | null): Promise<WebhookKey> {
    const { client, log } = this.#needs;
    const application = client.application?.id;
    const all = (await client.rest.get(Routes.channelWebhooks(channel))) as APIWebhook[];
    const own = all.find((each) => each.application_id === application && each.token !== undefined);
    const name = chat === null ? NAME : `${NAME} ${chat}`;
    const webhook =
      own ??
      ((await client.rest.post(Routes.channelWebhooks(channel), { body: { name } })) as APIWebhook);
    // The binding can be read from the server, for when the database is lost (DESIGN 8). Nothing waits
    // for it: the character can speak under any name of the webhook.
    if (own !== undefined && chat !== null && own.name !== name) {
      client.rest.patch(Routes.webhook(own.id), { body: { name } }).catch((error) => {
        log.warn({ channel, ...toldOf(error) }, 'a webhook could not be renamed');
      });
    }
    if (webhook.token === undefined) throw new Error(`webhook ${webhook.id} came without a token`);
    return { id: webhook.id, token: webhook.token };
  }

  async #mention({ chat, binding, sheet }: ReplyAddress): Promise<void> {
    const { client, store, log, languageOf } = this.#needs;
    const { channel, guild } = binding;
    if (!store.firstTime(`no-webhooks:${channel}`)) return;
    const { voice } = textsFor(languageOf(chat, guild));
    try {
      await client.rest.post(Routes.channelMessages(channel), {
        body: { content: voice(sheet.name), allowed_mentions: { parse: [] } },
      });
    } catch (error) {
      log.warn({ channel, ...toldOf(error) }, 'a missing permission could not be mentioned');
    }
  }
}

/** There is no webhook to be had here. */
class NoWebhook extends Error {}

/** The permission was taken a moment ago, or others have made as many webhooks as a channel takes. */
const isRefusal = (error: unknown): boolean =>
  problemOf(error) === 'unreachable' ||
  (error instanceof DiscordAPIError &&
    error.code === RESTJSONErrorCodes.MaximumNumberOfWebhooksReached);

const mayUseWebhooks = (client: Client, channel: GuildBasedChannel): boolean =>
  client.user !== null &&
  channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ManageWebhooks) === true;
