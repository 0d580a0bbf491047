import {
  type APIWebhook,
  type Client,
  type GuildBasedChannel,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import type { Clock, Log, ReplyAddress, Store } from '../app/ports.ts';
import type { Avatars } from './avatars.ts';
import { texts } from './texts.ts';
import { botVoice, type Voice, type WebhookKey, webhookVoice } from './voice.ts';

interface VoicesNeeds {
  readonly client: Client;
  readonly rest: REST;
  readonly store: Pick<Store, 'firstTime'>;
  readonly avatars: Avatars;
  readonly clock: Clock;
  readonly log: Log;
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

  /** @param anew forgets the webhook that was known, for when Discord says that it is gone. */
  async of({ binding, chat, sheet }: ReplyAddress, anew: boolean): Promise<Voice> {
    const { client, rest, clock, avatars } = this.#needs;
    const channel = await client.channels.fetch(binding.channel);
    const where = { rest, clock, channel: binding.channel };
    const asBot = () => botVoice(where, client.user?.id ?? '', sheet.name);
    if (channel === null || channel.isDMBased()) return asBot();
    // A thread's webhook is its parent's.
    const owner = channel.isThread() ? channel.parent : channel;
    if (owner === null) return asBot();
    if (!mayUseWebhooks(client, owner)) {
      await this.#mention(binding.channel, sheet.name);
      return asBot();
    }
    if (anew) this.#webhooks.delete(owner.id);
    const thread = channel.isThread() ? channel.id : null;
    const webhook = await this.#webhook(owner.id, thread === null ? chat : null);
    return webhookVoice(where, webhook, thread, {
      username: sheet.name,
      avatar_url: await avatars.url(sheet.avatar),
    });
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
    const { client } = this.#needs;
    const application = client.application?.id;
    const all = (await client.rest.get(Routes.channelWebhooks(channel))) as APIWebhook[];
    const own = all.find((each) => each.application_id === application && each.token !== undefined);
    const name = chat === null ? NAME : `${NAME} ${chat}`;
    const webhook =
      own ??
      ((await client.rest.post(Routes.channelWebhooks(channel), { body: { name } })) as APIWebhook);
    // The binding can be read from the server, for when the database is lost (DESIGN 8).
    if (own !== undefined && chat !== null && own.name !== name) {
      await client.rest.patch(Routes.webhook(own.id), { body: { name } });
    }
    if (webhook.token === undefined) throw new Error(`webhook ${webhook.id} came without a token`);
    return { id: webhook.id, token: webhook.token };
  }

  async #mention(channel: string, character: string): Promise<void> {
    const { client, store, log } = this.#needs;
    if (!store.firstTime(`no-webhooks:${channel}`)) return;
    try {
      await client.rest.post(Routes.channelMessages(channel), {
        body: { content: texts.voice(character), allowed_mentions: { parse: [] } },
      });
    } catch (error) {
      log.warn({ channel, err: error }, 'a missing permission could not be mentioned');
    }
  }
}

const mayUseWebhooks = (client: Client, channel: GuildBasedChannel): boolean =>
  client.user !== null &&
  channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ManageWebhooks) === true;
