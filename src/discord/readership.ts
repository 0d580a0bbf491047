import {
  ChannelType,
  type Client,
  type GuildBasedChannel,
  type NonThreadGuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../app/ports/clock.ts';
import type { Readers, Readership } from '../app/ports/readership.ts';

const { ViewChannel } = PermissionFlagsBits;
/** A channel that could not be fetched is not asked for again so soon, in milliseconds. */
const UNKNOWN_FOR = 10 * 60_000;
/** Whoever is about to answer waits no longer than that for channels that are not known yet. */
const WAIT = 1_000;

/** Reads from channels who can read along in them. Threads that Discord put away are fetched. */
export class DiscordReadership implements Readership {
  readonly #needs: { readonly client: Client; readonly clock: Clock };
  readonly #unknown = new LRUCache<string, true>({ max: 1_000, ttl: UNKNOWN_FOR });

  constructor(needs: { readonly client: Client; readonly clock: Clock }) {
    this.#needs = needs;
  }

  async of(channel: string): Promise<Readers | null> {
    const { client, clock } = this.#needs;
    const known = client.channels.cache.get(channel);
    if (known === undefined && this.#unknown.has(channel)) return null;
    const late = new AbortController();
    const here =
      known ??
      (await Promise.race([
        client.channels.fetch(channel).catch(() => {
          this.#unknown.set(channel, true);
          return null;
        }),
        clock.sleep(WAIT, late.signal).then(
          () => null,
          () => null,
        ),
      ]));
    late.abort();
    if (here === null || here.isDMBased()) return null;
    return readersOf(here);
  }
}

function readersOf(channel: GuildBasedChannel): Readers | null {
  const shown = channel.isThread() ? channel.parent : channel;
  if (shown === null) return null;
  return {
    who: whoSees(shown),
    invited: channel.type === ChannelType.PrivateThread,
    ageRestricted: 'nsfw' in shown && shown.nsfw,
  };
}

/** `everyone`, or what the channel's own permissions say of who sees it: the same words, the same people. */
function whoSees(channel: NonThreadGuildBasedChannel): string {
  const { everyone } = channel.guild.roles;
  const said = channel.permissionOverwrites.cache
    .filter(({ allow, deny }) => allow.has(ViewChannel) || deny.has(ViewChannel))
    .map(({ id, deny }) => `${deny.has(ViewChannel) ? '-' : '+'}${id}`);
  const hidden = said.some((each) => each.startsWith('-'));
  const isOpen = !hidden && channel.permissionsFor(everyone).has(ViewChannel);
  return isOpen ? 'everyone' : `${channel.guildId} ${said.sort().join(' ')}`;
}
