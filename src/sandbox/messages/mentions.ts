import type { APIUser } from 'discord-api-types/v10';
import { can } from '../permissions.ts';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { ContentBody } from '../validation/message.ts';

type AllowedMentions = ContentBody['allowed_mentions'];

export interface Mentions {
  users: APIUser[];
  roles: string[];
  everyone: boolean;
  /** Who would be notified, the author apart. */
  notified: string[];
}

/**
 * Who a text mentions, less what `allowed` leaves out. `replied` is the author of the message that is
 * answered: mentioned too, unless `allowed` is given without `replied_user`.
 */
export function resolveMentions(
  world: World,
  channel: ChannelRecord,
  author: string,
  content: string,
  allowed: AllowedMentions,
  replied?: string,
): Mentions {
  const permits = (kind: 'users' | 'roles' | 'everyone', id?: string): boolean => {
    if (!allowed) return true;
    if (allowed.parse?.includes(kind)) return true;
    return kind !== 'everyone' && id !== undefined && (allowed[kind]?.includes(id) ?? false);
  };
  const ids = new Set(found(content, /<@!?(\d{17,20})>/g).filter((id) => permits('users', id)));
  if (replied !== undefined && (!allowed || allowed.replied_user)) ids.add(replied);
  const users = [...ids].flatMap((id) => world.users.get(id) ?? []);
  const mayMentionAll = can(world, channel, author, 'MentionEveryone');
  const guild = world.guilds.get(channel.guild ?? '');
  const roles = found(content, /<@&(\d{17,20})>/g).filter((id) => {
    const role = guild?.roles.find((other) => other.id === id);
    return role && permits('roles', id) && (role.mentionable || mayMentionAll);
  });
  const everyone = /@(everyone|here)\b/.test(content) && permits('everyone') && mayMentionAll;
  const members = guild ? world.membersOf(guild.id) : [];
  const notified = new Set([
    ...users.map(({ id }) => id),
    ...members
      .filter((member) => everyone || member.roles.some((role) => roles.includes(role)))
      .map(({ user }) => user),
  ]);
  notified.delete(author);
  return { users, roles: [...new Set(roles)], everyone, notified: [...notified] };
}

function found(content: string, pattern: RegExp): string[] {
  return [...content.matchAll(pattern)].flatMap(([, id]) => id ?? []);
}
