import { type APIMessage, type Client, makeURLSearchParams, Routes } from 'discord.js';
import type { OwnDeletions } from './ownDeletions.ts';
import { problemOf } from './problem.ts';

/** A message as far as it matters here. */
export interface Seen {
  readonly id: string;
  readonly content: string;
  /** Custom ids of its buttons. */
  readonly buttons: readonly string[];
}

/** How far back a message is looked for whose answer was lost: it is one of the newest. */
const LOOK_BACK = 50;

/** A channel as the bot itself sees it, whoever spoke there. */
export class ChannelView {
  readonly #client: Client;
  readonly #channel: string;
  readonly own: OwnDeletions;

  constructor(client: Client, channel: string, own: OwnDeletions) {
    this.#client = client;
    this.#channel = channel;
    this.own = own;
  }

  /** A message as it stands now; null when it is gone, or cannot be seen. */
  async read(id: string): Promise<Seen | null> {
    try {
      const route = Routes.channelMessage(this.#channel, id);
      return seen((await this.#client.rest.get(route)) as APIMessage);
    } catch (error) {
      const problem = problemOf(error);
      if (problem === 'gone') return null;
      if (problem !== 'unreachable') throw error;
      return this.#remembered().find((message) => message.id === id) ?? null;
    }
  }

  /** The application's own newest messages, newest first. */
  async recent(): Promise<Seen[]> {
    const { application, user } = this.#client;
    const list = (await this.#client.rest.get(Routes.channelMessages(this.#channel), {
      query: makeURLSearchParams({ limit: LOOK_BACK }),
    })) as APIMessage[];
    const own = list.filter(
      ({ author, application_id }) => author.id === user?.id || application_id === application?.id,
    );
    // Without the right to read back, Discord shows an empty channel; the gateway told all the same.
    return list.length > 0 ? own.map(seen) : this.#remembered();
  }

  /** Takes a message away with the bot's own rights: its own always, others where it may manage them. */
  async remove(id: string): Promise<void> {
    this.own.add(id);
    try {
      await this.#client.rest.delete(Routes.channelMessage(this.#channel, id));
    } catch (error) {
      if (problemOf(error) !== 'gone') throw error;
    }
  }

  /** Opens an archived thread again. False when it is locked, or may not be opened. */
  async open(): Promise<boolean> {
    const thread = this.#client.channels.cache.get(this.#channel);
    if (!thread?.isThread() || thread.locked) return false;
    try {
      await this.#client.rest.patch(Routes.channel(this.#channel), { body: { archived: false } });
      return true;
    } catch (error) {
      if (problemOf(error) === 'passing') throw error;
      return false;
    }
  }

  #remembered(): Seen[] {
    const channel = this.#client.channels.cache.get(this.#channel);
    if (!channel?.isTextBased()) return [];
    return [...channel.messages.cache.values()]
      .filter((message) => message.author.bot)
      .map(({ id, content, components }) => ({
        id,
        content,
        buttons: components.flatMap((row) =>
          'components' in row
            ? row.components.flatMap((each) => ('customId' in each ? [each.customId ?? ''] : []))
            : [],
        ),
      }))
      .reverse();
  }
}

function seen({ id, content, components = [] }: APIMessage): Seen {
  const buttons = components.flatMap((row) =>
    'components' in row
      ? row.components.flatMap((each) => ('custom_id' in each ? [each.custom_id] : []))
      : [],
  );
  return { id, content, buttons };
}
