import { memberObject, userOf } from '../state/objects.ts';
import type { World } from '../state/world.ts';
import type { MembersRequest } from './payloads.ts';

/** The members that a client asked for: some by id, or those whose name begins so; all in one chunk. */
export function membersChunk(
  world: World,
  { guild_id, query = '', limit = 0, user_ids, nonce }: MembersRequest,
): object {
  const all = world.membersOf(guild_id);
  const found = user_ids
    ? all.filter(({ user }) => user_ids.includes(user))
    : all.filter(({ user }) => userOf(world, user).username.startsWith(query.toLowerCase()));
  const members = limit > 0 ? found.slice(0, limit) : found;
  return {
    guild_id,
    members: members.map((member) => memberObject(world, member)),
    chunk_index: 0,
    chunk_count: 1,
    not_found: user_ids?.filter((id) => !all.some(({ user }) => user === id)) ?? [],
    ...(nonce !== undefined && { nonce }),
  };
}
