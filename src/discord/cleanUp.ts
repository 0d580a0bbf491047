import {
  type APIApplication,
  type APIApplicationCommand,
  type APIEmoji,
  type APIWebhook,
  type REST,
  type RESTGetAPICurrentUserGuildsResult,
  Routes,
} from 'discord.js';
import { problemOf } from './problem.ts';

/** What Troupe made on Discord besides messages. */
export interface Belongings {
  readonly application: string;
  readonly commands: readonly string[];
  readonly emojis: readonly { readonly id: string; readonly name: string }[];
  readonly webhooks: readonly { readonly id: string; readonly server: string }[];
  /** Servers that do not let the bot see its webhooks. */
  readonly unseen: readonly string[];
}

/** As `Avatars` names what it uploads: what an owner uploaded stays. */
const PICTURE = /^a_[0-9a-f]{24}$/;

/** Looks for what is the application's own. @throws what the requests throw. */
export async function findBelongings(rest: REST): Promise<Belongings> {
  const { id: application } = (await rest.get(Routes.currentApplication())) as APIApplication;
  const commands = (await rest.get(
    Routes.applicationCommands(application),
  )) as APIApplicationCommand[];
  const { items } = (await rest.get(Routes.applicationEmojis(application))) as {
    items: APIEmoji[];
  };
  const guilds = (await rest.get(Routes.userGuilds())) as RESTGetAPICurrentUserGuildsResult;
  const webhooks: { id: string; server: string }[] = [];
  const unseen: string[] = [];
  for (const { id, name } of guilds) {
    try {
      const all = (await rest.get(Routes.guildWebhooks(id))) as APIWebhook[];
      const own = all.filter((webhook) => webhook.application_id === application);
      webhooks.push(...own.map((webhook) => ({ id: webhook.id, server: name })));
    } catch (error) {
      if (problemOf(error) !== 'unreachable') throw error;
      unseen.push(name);
    }
  }
  return {
    application,
    commands: commands.map(({ name }) => name),
    emojis: items.flatMap(({ id, name }) =>
      id !== null && name !== null && PICTURE.test(name) ? [{ id, name }] : [],
    ),
    webhooks,
    unseen,
  };
}

/** Takes it away; what is gone by then is gone. @throws what the requests throw. */
export async function removeBelongings(rest: REST, found: Belongings): Promise<void> {
  const { application } = found;
  await rest.put(Routes.applicationCommands(application), { body: [] });
  for (const { id } of found.webhooks) await unlessGone(rest.delete(Routes.webhook(id)));
  for (const { id } of found.emojis) {
    await unlessGone(rest.delete(Routes.applicationEmoji(application, id)));
  }
}

async function unlessGone(deleting: Promise<unknown>): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 404)) throw error;
  }
}
