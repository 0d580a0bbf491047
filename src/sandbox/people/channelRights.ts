import { type APIOverwrite, PermissionFlagsBits } from 'discord-api-types/v10';
import { type Discord, emitIn } from '../discord.ts';
import { can, grantedPermissions, type PermissionName, rulingChannel } from '../permissions.ts';
import type { ChannelRights, OperatorAct } from '../protocol.ts';
import { setOverwrites } from '../routes/guildRoutes.ts';
import { channelObject, threadMemberObject } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';
import { findChannel } from './act.ts';
import { ActError } from './actError.ts';

/** The permissions that matter for an application that writes, in the order in which they are shown. */
const SHOWN = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'ReadMessageHistory',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'ManageWebhooks',
  'ManageMessages',
  'ManageThreads',
  'ManageChannels',
  'MentionEveryone',
] as const satisfies readonly PermissionName[];

/** What the application and everyone else may do in a channel. @throws ActError where nobody rules */
export function channelRights(discord: Discord, person: string, id: string): ChannelRights {
  const { world } = discord;
  const channel = ruling(discord, findChannel(discord, person, id));
  const application = grantedPermissions(world, channel, world.application.user.id);
  const everyone = everyonesPermissions(discord, channel);
  return { channel: channel.id, application: named(application), everyone: named(everyone) };
}

/** Gives or takes a permission with as small an overwrite as will do. */
export function setPermission(
  discord: Discord,
  { channel: id, who, permission, allowed }: Extract<OperatorAct, { kind: 'setPermission' }>,
): void {
  const { world } = discord;
  const found = world.channels.get(id);
  const bit = PermissionFlagsBits[permission as PermissionName];
  if (!found) throw new ActError('There is no such channel', 404);
  if (bit === undefined) throw new ActError('There is no such permission');
  const channel = ruling(discord, found);
  const bot = world.application.user.id;
  const sawIt = can(world, channel, bot, 'ViewChannel');
  const target =
    who === 'application' ? { id: bot, type: 1 } : { id: channel.guild ?? '', type: 0 };
  const others = channel.overwrites.filter((overwrite) => overwrite.id !== target.id);
  const old = channel.overwrites.find((overwrite) => overwrite.id === target.id);
  const allow = BigInt(old?.allow ?? 0) & ~bit;
  const deny = BigInt(old?.deny ?? 0) & ~bit;
  const write = (given: bigint, denied: bigint) =>
    given === 0n && denied === 0n
      ? others
      : [...others, { ...target, allow: String(given), deny: String(denied) } as APIOverwrite];
  const held = (overwrites: APIOverwrite[]): boolean => {
    const trial = { ...channel, overwrites };
    const bits =
      who === 'application'
        ? grantedPermissions(world, trial, bot)
        : everyonesPermissions(discord, trial);
    return (bits & bit) !== 0n;
  };
  const plain = write(allow, deny);
  const forced = allowed ? write(allow | bit, deny) : write(allow, deny | bit);
  setOverwrites(discord, channel, held(plain) === allowed ? plain : forced);
  if (!sawIt && can(world, channel, bot, 'ViewChannel')) listThreads(discord, channel);
}

/** Whoever gains access to a channel is told of the threads that were hidden in it. */
function listThreads(discord: Discord, channel: ChannelRecord): void {
  const { world } = discord;
  const bot = world.application.user.id;
  const threads = world
    .threadsOf(channel.id)
    .filter(({ thread }) => !thread?.metadata.archived)
    .filter((thread) => can(world, thread, bot, 'ViewChannel'));
  emitIn(discord, 'guild', 'THREAD_LIST_SYNC', channel.id, {
    guild_id: channel.guild,
    channel_ids: [channel.id],
    threads: threads.map((thread) => channelObject(world, thread)),
    members: threads.flatMap(({ id, thread }) => {
      const own = thread?.members.find(({ user }) => user === bot);
      return own ? [threadMemberObject(id, own)] : [];
    }),
  });
}

/** What someone without any role may do. */
function everyonesPermissions({ world }: Discord, channel: ChannelRecord): bigint {
  const guild = world.guilds.get(channel.guild ?? '');
  const base = BigInt(guild?.roles.find(({ id }) => id === guild.id)?.permissions ?? 0);
  const overwrite = channel.overwrites.find(({ id }) => id === guild?.id);
  return (base & ~BigInt(overwrite?.deny ?? 0)) | BigInt(overwrite?.allow ?? 0);
}

function named(bits: bigint): Record<string, boolean> {
  return Object.fromEntries(SHOWN.map((name) => [name, (bits & PermissionFlagsBits[name]) !== 0n]));
}

function ruling({ world }: Discord, channel: ChannelRecord): ChannelRecord {
  const found = channel.guild === undefined ? undefined : rulingChannel(world, channel);
  if (!found) throw new ActError('There is nothing to set in direct messages');
  return found;
}
