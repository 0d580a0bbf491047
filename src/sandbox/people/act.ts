import { ChannelType, MessageType } from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { DiscordError } from '../discordError.ts';
import { messageObject } from '../messages/messageObject.ts';
import { postMessage } from '../messages/postMessage.ts';
import { parseEmoji, react, sameEmoji, unreact } from '../messages/reactions.ts';
import { removeEphemeral, removeMessages } from '../messages/removeMessages.ts';
import { reviseMessage } from '../messages/reviseMessage.ts';
import { startTyping } from '../messages/typing.ts';
import { can, type PermissionName, sendPermission } from '../permissions.ts';
import type { Act, ActResult } from '../protocol.ts';
import { directChannel, makeChannel } from '../routes/guildRoutes.ts';
import { holdsMessages } from '../routes/lookup.ts';
import { channelObject } from '../state/objects.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import { ActError } from './actError.ts';
import { filesOf } from './files.ts';
import { type InteractionAct, interact } from './interact.ts';
import { performOperatorAct } from './operatorActs.ts';
import { performThreadAct } from './threadActs.ts';

const INTERACTION_KINDS: readonly Act['kind'][] = [
  'command',
  'autocomplete',
  'menu',
  'click',
  'select',
  'submit',
];

/** Does what a person does. @throws ActError when they cannot */
export async function performAct(discord: Discord, person: string, act: Act): Promise<ActResult> {
  if (!discord.world.people().some(({ id }) => id === person)) {
    throw new ActError('There is no such person', 404);
  }
  try {
    if (isInteraction(act)) return await interact(discord, person, act);
    return discord.world.store.together(() => perform(discord, person, act));
  } catch (error) {
    if (error instanceof DiscordError) throw new ActError(error.message, error.status);
    throw error;
  }
}

type PlainAct = Exclude<Act, InteractionAct>;

function isInteraction(act: Act): act is InteractionAct {
  return INTERACTION_KINDS.includes(act.kind);
}

function perform(discord: Discord, person: string, act: PlainAct): ActResult {
  const { world } = discord;
  switch (act.kind) {
    case 'say':
      return say(discord, person, act);
    case 'edit': {
      const { message } = findMessage(discord, person, act.channel, act.message);
      if (message.author.id !== person) throw new ActError('Only your own messages', 403);
      const revised = reviseMessage(discord, message, { content: act.content }, []);
      return { kind: 'message', message: messageObject(world, revised, person) };
    }
    case 'delete': {
      if (world.ephemerals.get(act.message)?.person === person) {
        removeEphemeral(discord, act.message);
        return { kind: 'done' };
      }
      const { channel, message } = findMessage(discord, person, act.channel, act.message);
      if (message.author.id !== person && !can(world, channel, person, 'ManageMessages')) {
        throw new ActError('Only your own messages', 403);
      }
      removeMessages(discord, channel, [message], false);
      return { kind: 'done' };
    }
    case 'react':
      return toggleReaction(discord, person, act);
    case 'type': {
      const channel = findChannel(discord, person, act.channel);
      demand(discord, channel, person, sendPermission(channel));
      startTyping(discord, channel.id, person);
      return { kind: 'done' };
    }
    case 'createChannel':
      return { kind: 'channel', channel: createChannel(discord, person, act) };
    case 'openDirectMessage': {
      return { kind: 'channel', channel: channelObject(world, directChannel(discord, person)) };
    }
    case 'createThread':
    case 'createPost':
    case 'changeThread':
    case 'joinThread':
    case 'leaveThread':
    case 'addToThread':
      return performThreadAct(discord, person, act);
    default:
      return performOperatorAct(discord, person, act);
  }
}

function say(discord: Discord, person: string, act: Extract<Act, { kind: 'say' }>): ActResult {
  const { world } = discord;
  const channel = findChannel(discord, person, act.channel);
  demand(discord, channel, person, sendPermission(channel));
  if (!holdsMessages(channel)) throw new ActError('One cannot write here');
  if (channel.thread?.metadata.locked) demand(discord, channel, person, 'ManageThreads');
  const author = world.users.get(person);
  if (!author) throw new ActError('There is no such person', 404);
  const files = filesOf(act.attachments ?? []);
  if (act.content.trim() === '' && files.length === 0)
    throw new ActError('There is nothing to send');
  if (act.content.length > 2_000) throw new ActError('That is longer than 2,000 characters');
  if (act.replyTo !== undefined && !world.messages.get(channel.id, act.replyTo)) {
    throw new ActError('The message that this answers is gone', 404);
  }
  const message = postMessage(discord, {
    channel,
    author,
    body: { content: act.content },
    files,
    ...(act.replyTo !== undefined && {
      type: MessageType.Reply,
      reference: {
        type: 0,
        channel_id: channel.id,
        message_id: act.replyTo,
        ...(channel.guild !== undefined && { guild_id: channel.guild }),
      },
    }),
  });
  return { kind: 'message', message: messageObject(world, message, person) };
}

function toggleReaction(
  discord: Discord,
  person: string,
  act: Extract<Act, { kind: 'react' }>,
): ActResult {
  const { channel, message } = findMessage(discord, person, act.channel, act.message);
  const emoji = parseEmoji(discord.world, act.emoji);
  if (!emoji) throw new ActError('That is not an emoji');
  const existing = message.reactors?.find((item) => sameEmoji(item.emoji, emoji));
  if (existing?.users.includes(person)) unreact(discord, message, emoji, person);
  else {
    if (!existing) demand(discord, channel, person, 'AddReactions');
    react(discord, message, emoji, person);
  }
  return { kind: 'done' };
}

function createChannel(
  discord: Discord,
  person: string,
  { guild, name, topic, forum }: Extract<Act, { kind: 'createChannel' }>,
) {
  if (!discord.world.member(guild, person)) throw new ActError('There is no such place', 404);
  const slug = name.trim().toLowerCase().replaceAll(/\s+/g, '-').slice(0, 100);
  if (slug === '') throw new ActError('A channel needs a name');
  const channel = makeChannel(discord, guild, {
    name: slug,
    ...(topic !== undefined && { topic }),
    ...(forum && { type: ChannelType.GuildForum }),
  });
  return channelObject(discord.world, channel);
}

/** A channel that the person can see. */
export function findChannel({ world }: Discord, person: string, id: string): ChannelRecord {
  const channel = world.channels.get(id);
  if (!channel || !can(world, channel, person, 'ViewChannel')) {
    throw new ActError('There is no such channel', 404);
  }
  return channel;
}

/** A message that the person can see, their ephemeral ones included. */
export function findMessage(
  discord: Discord,
  person: string,
  channelId: string,
  id: string,
): { channel: ChannelRecord; message: MessageRecord } {
  const channel = findChannel(discord, person, channelId);
  const ephemeral = discord.world.ephemerals.get(id);
  const message =
    ephemeral?.person === person ? ephemeral.message : discord.world.messages.get(channelId, id);
  if (!message) throw new ActError('There is no such message', 404);
  return { channel, message };
}

export function demand(
  { world }: Discord,
  channel: ChannelRecord,
  person: string,
  permission: PermissionName,
): void {
  if (!can(world, channel, person, permission)) throw new ActError('You may not do that here', 403);
}
