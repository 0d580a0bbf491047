import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type Client,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Log } from '../app/ports/log.ts';
import type { RelationshipHistory } from '../app/relationshipHistory.ts';
import type { Troupe } from '../app/troupe.ts';
import type { Avatars } from './avatars.ts';
import type { AnyCommand } from './command.ts';
import { hearDirectMessages } from './directMessages.ts';
import { gateInteractions } from './interactionGate.ts';
import { listeners } from './listeners/index.ts';
import { localize } from './localize.ts';
import { loginProblem } from './loginProblem.ts';
import { errorFields } from './problem.ts';
import type { Reconcile } from './reconcile.ts';
import type { DiscordStage } from './stage.ts';

/** The words in a picture, in the language of whoever it is for. */
export interface PictureWords {
  readonly title: string;
  readonly affinity: string;
  readonly trust: string;
  /** A time of the story. */
  readonly time: (minutes: number) => string;
}

/** What every listener, command and component works with. */
export interface Bot {
  readonly client: Client;
  readonly troupe: Troupe;
  readonly stage: DiscordStage;
  readonly avatars: Avatars;
  readonly reconcile: Reconcile;
  /** A picture of how a relationship went, as PNG. */
  drawRelationship(history: RelationshipHistory, words: PictureWords): Promise<Uint8Array>;
  readonly commands: readonly AnyCommand[];
  readonly log: Log;
}

/**
 * Joins Discord and resolves when the application is ready and its commands are registered.
 * @throws {LoginError} with one line for the owner.
 */
export async function startBot(bot: Bot, token: string): Promise<void> {
  const { client, log } = bot;
  for (const listener of listeners) {
    client.on(listener.event, async (...args) => {
      try {
        await listener.handle(bot, ...(args as never[]));
      } catch (error) {
        // A listener that throws must not take the process with it.
        log.error({ event: listener.event, ...errorFields(error) }, 'a listener failed');
      }
    });
  }
  gateInteractions(bot);
  hearDirectMessages(client);
  // discord.js reconnects by itself; an 'error' event that nobody listens to would end the process.
  client.on('error', (error) => log.warn({ err: error }, 'the connection to Discord had a fault'));
  client.on('invalidated', () => log.error({}, 'Discord ended the session for good; start again'));
  const ready = new Promise<void>((resolve) => client.once('clientReady', () => resolve()));
  try {
    await client.login(token);
    await ready;
    await registerCommands(bot);
  } catch (cause) {
    await client.destroy();
    throw loginProblem(cause);
  }
}

/** The list that runs is the list that is deployed; it is sent only when something in it changed. */
async function registerCommands({ client, commands, log }: Bot): Promise<void> {
  const { application } = client;
  if (application === null) return;
  const wanted = commands.map(({ data }): RESTPostAPIApplicationCommandsJSONBody => {
    const everywhere = {
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    };
    return localize({ type: ApplicationCommandType.ChatInput, ...data, ...everywhere });
  });
  const deployed = await application.commands.fetch({ withLocalizations: true });
  const same =
    deployed.size === wanted.length &&
    wanted.every((data) =>
      // What is compared is a subset of what Discord returns: ids and versions are its own.
      deployed
        .find(({ name, type }) => name === data.name && type === data.type)
        ?.equals(data as APIApplicationCommand, true),
    );
  if (same) return;
  await application.commands.set(wanted);
  log.info({ commands: wanted.length }, 'commands registered');
}
