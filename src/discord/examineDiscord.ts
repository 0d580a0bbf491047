import {
  type APIApplication,
  ApplicationFlagsBitField,
  PermissionFlagsBits,
  PermissionsBitField,
  type RESTGetAPICurrentUserGuildsResult,
  RequestMethod,
  Routes,
} from 'discord.js';
import { createStreamRest, type DiscordAddress } from './client.ts';
import { loginProblem } from './loginProblem.ts';
import { problemOf } from './problem.ts';

/** What a look at Discord found. */
export type DiscordLook =
  | { readonly kind: 'unreachable' }
  /** `problem` is one line that says what to do. */
  | { readonly kind: 'refused'; readonly problem: string }
  | {
      readonly kind: 'seen';
      readonly name: string;
      /** Milliseconds since 1970 by Discord's clock; null where it did not say. */
      readonly now: number | null;
      /** Whether it may read what people write. */
      readonly readsContent: boolean;
      readonly servers: readonly { readonly name: string; readonly missing: readonly string[] }[];
    };

/** What Troupe does its work with, by the names that Discord shows. */
const NEEDED = {
  ViewChannel: 'View Channels',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  CreatePublicThreads: 'Create Public Threads',
  EmbedLinks: 'Embed Links',
  AttachFiles: 'Attach Files',
  ReadMessageHistory: 'Read Message History',
  ManageWebhooks: 'Manage Webhooks',
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, string>>;

/** Looks at what the token opens, without joining: a Troupe that runs is left alone. Never throws. */
export async function examineDiscord(address: DiscordAddress, token: string): Promise<DiscordLook> {
  const rest = createStreamRest(address, token);
  const get = (fullRoute: `/${string}`) =>
    rest.queueRequest({ method: RequestMethod.Get, fullRoute });
  try {
    const answer = await get(Routes.currentApplication());
    const { name, flags } = (await answer.json()) as APIApplication;
    const guilds = await (await get(Routes.userGuilds())).json();
    const has = new ApplicationFlagsBitField(flags);
    return {
      kind: 'seen',
      name,
      now: Date.parse(answer.headers.get('date') ?? '') || null,
      readsContent: has.any(['GatewayMessageContent', 'GatewayMessageContentLimited']),
      servers: (guilds as RESTGetAPICurrentUserGuildsResult).map((guild) => ({
        name: guild.name,
        missing: missingOf(BigInt(guild.permissions)),
      })),
    };
  } catch (error) {
    if (problemOf(error) === 'passing' && !isAnswer(error)) return { kind: 'unreachable' };
    return { kind: 'refused', problem: loginProblem(error).message };
  }
}

/** Whether something answered at all. */
const isAnswer = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && typeof error.status === 'number';

function missingOf(granted: bigint): string[] {
  const has = new PermissionsBitField(granted);
  return Object.entries(NEEDED).flatMap(([flag, name]) =>
    has.has(PermissionFlagsBits[flag as keyof typeof NEEDED]) ? [] : [name],
  );
}
