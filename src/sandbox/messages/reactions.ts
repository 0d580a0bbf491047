import { type Discord, emitIn } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { memberObject } from '../state/objects.ts';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { isUnicodeEmoji } from '../validation/emoji.ts';
import { messageObject } from './messageObject.ts';

const MAX_REACTIONS = 20;

export interface ReactionEmoji {
  id: string | null;
  name: string;
  animated?: boolean;
}

/** A unicode emoji, or `name:id` of one of the application's or a guild's. */
export function parseEmoji(world: World, text: string): ReactionEmoji | undefined {
  const custom = /^(?:a:)?(\w{2,32}):(\d{17,20})$/.exec(text);
  const [, name, id] = custom ?? [];
  if (name !== undefined && id !== undefined) {
    const known =
      world.emojis.get(id) ??
      world.guilds
        .values()
        .flatMap(({ emojis }) => emojis)
        .find((emoji) => emoji.id === id);
    return known && { id, name: known.name ?? name, animated: known.animated ?? false };
  }
  return isUnicodeEmoji(text) ? { id: null, name: text } : undefined;
}

export function sameEmoji(a: ReactionEmoji, b: ReactionEmoji): boolean {
  return a.id === null ? b.id === null && a.name === b.name : a.id === b.id;
}

/** @throws 30010 when the message has too many different ones */
export function react(
  discord: Discord,
  message: MessageRecord,
  emoji: ReactionEmoji,
  user: string,
): void {
  const reactors = message.reactors ?? [];
  const existing = reactors.find((item) => sameEmoji(item.emoji, emoji));
  if (existing?.users.includes(user)) return;
  if (existing) existing.users.push(user);
  else if (reactors.length >= MAX_REACTIONS) throw refuse('maxReactions');
  else reactors.push({ emoji, users: [user] });
  put(discord, { ...message, reactors });
  const place = placeOf(discord, message);
  const member = discord.world.member(place.guild_id ?? '', user);
  emitIn(discord, 'reactions', 'MESSAGE_REACTION_ADD', message.channel_id, {
    ...place,
    user_id: user,
    emoji,
    burst: false,
    type: 0,
    message_author_id: message.author.id,
    ...(member && { member: memberObject(discord.world, member) }),
  });
}

export function unreact(
  discord: Discord,
  message: MessageRecord,
  emoji: ReactionEmoji,
  user: string,
): void {
  const existing = message.reactors?.find((item) => sameEmoji(item.emoji, emoji));
  if (!existing?.users.includes(user)) return;
  existing.users = existing.users.filter((id) => id !== user);
  put(discord, {
    ...message,
    reactors: message.reactors?.filter(({ users }) => users.length) ?? [],
  });
  emitIn(discord, 'reactions', 'MESSAGE_REACTION_REMOVE', message.channel_id, {
    ...placeOf(discord, message),
    user_id: user,
    emoji,
    burst: false,
    type: 0,
  });
}

/** Takes all reactions away, or all with one emoji. */
export function clearReactions(
  discord: Discord,
  message: MessageRecord,
  emoji?: ReactionEmoji,
): void {
  const reactors = emoji
    ? (message.reactors ?? []).filter((item) => !sameEmoji(item.emoji, emoji))
    : [];
  put(discord, { ...message, reactors });
  const name = emoji ? 'MESSAGE_REACTION_REMOVE_EMOJI' : 'MESSAGE_REACTION_REMOVE_ALL';
  emitIn(discord, 'reactions', name, message.channel_id, {
    ...placeOf(discord, message),
    ...(emoji && { emoji }),
  });
}

function put(discord: Discord, message: MessageRecord): void {
  discord.world.messages.put(message);
  discord.notices.tellChannel(message.channel_id, (person) => ({
    kind: 'messageEdited',
    message: messageObject(discord.world, message, person),
  }));
}

function placeOf({ world }: Discord, message: MessageRecord) {
  const guild = world.channels.get(message.channel_id)?.guild;
  return {
    channel_id: message.channel_id,
    message_id: message.id,
    ...(guild !== undefined && { guild_id: guild }),
  };
}
