import type { HomeId } from '../engine/ids.ts';

/** What owns the characters that one can pick here: the guild, or the person in direct messages. */
export const homeOf = (here: { guildId: string | null; user: { id: string } }): HomeId =>
  here.guildId ?? `dm-${here.user.id}`;
