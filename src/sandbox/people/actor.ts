import type {
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIMessage,
  APIUser,
} from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import type { Act, ActResult, GivenFile, GivenOption, Notice, View } from '../protocol.ts';
import { performAct } from './act.ts';
import { archivedThreads, messagesFor, viewFor } from './view.ts';

/** Where a message is: any message will do. */
export type MessageRef = Pick<APIMessage, 'id' | 'channel_id'>;

type OptionValues = Record<string, GivenOption['value'] | GivenFile>;

/** A person, as a test plays one. Every method does what the page does for the same act. */
export class Actor {
  readonly user: APIUser;
  /** Everything this person was shown since the actor was made, oldest first. */
  readonly notices: Notice[] = [];
  readonly #discord: Discord;
  readonly #watchers = new Set<() => void>();

  constructor(discord: Discord, user: APIUser) {
    this.#discord = discord;
    this.user = user;
    discord.notices.listen(user.id, (notice) => {
      this.notices.push(notice);
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  get id(): string {
    return this.user.id;
  }

  act(act: Act): Promise<ActResult> {
    return performAct(this.#discord, this.id, act);
  }

  view(): View {
    return viewFor(this.#discord, this.id);
  }

  /** The channel's newest messages as this person sees them, oldest first. */
  messages(channel: string, range: { before?: string; limit?: number } = {}): APIMessage[] {
    return messagesFor(this.#discord, this.id, channel, range);
  }

  async say(
    channel: string,
    content: string,
    more: Pick<Extract<Act, { kind: 'say' }>, 'replyTo' | 'attachments'> = {},
  ): Promise<APIMessage> {
    return expectMessage(await this.act({ kind: 'say', channel, content, ...more }));
  }

  async edit(message: MessageRef, content: string): Promise<APIMessage> {
    return expectMessage(await this.act({ kind: 'edit', ...placeOf(message), content }));
  }

  async delete(message: MessageRef): Promise<void> {
    await this.act({ kind: 'delete', ...placeOf(message) });
  }

  async type(channel: string): Promise<void> {
    await this.act({ kind: 'type', channel });
  }

  /** Adds the reaction, or takes it back. */
  async react(message: MessageRef, emoji: string): Promise<void> {
    await this.act({ kind: 'react', ...placeOf(message), emoji });
  }

  /** Runs a slash command; `name` may hold its subcommand, as in `'character create'`. */
  command(channel: string, name: string, options: OptionValues = {}): Promise<ActResult> {
    return this.act({ kind: 'command', channel, path: name.split(' '), options: listed(options) });
  }

  /** What a slash command offers for an option while it is being typed. */
  async autocomplete(
    channel: string,
    name: string,
    focused: string,
    options: OptionValues = {},
  ): Promise<APIApplicationCommandOptionChoice[]> {
    const path = name.split(' ');
    const result = await this.act({
      kind: 'autocomplete',
      channel,
      path,
      options: listed(options),
      focused,
    });
    if (result.kind === 'choices') return result.choices;
    throw new Error(`no choices came, but: ${describe(result)}`);
  }

  /** Uses a context menu command on a message or a person. */
  menu(channel: string, name: string, target: string): Promise<ActResult> {
    return this.act({ kind: 'menu', channel, name, target });
  }

  click(message: MessageRef, customId: string): Promise<ActResult> {
    return this.act({ kind: 'click', ...placeOf(message), customId });
  }

  select(message: MessageRef, customId: string, values: string[]): Promise<ActResult> {
    return this.act({ kind: 'select', ...placeOf(message), customId, values });
  }

  /** Fills in a form; `modal` is the id that its opening gave. */
  submit(
    modal: string,
    values: Record<string, string>,
    files: Record<string, GivenFile[]> = {},
  ): Promise<ActResult> {
    return this.act({ kind: 'submit', modal, values, files });
  }

  async createChannel(guild: string, name: string, topic?: string): Promise<APIChannel> {
    return expectChannel(
      await this.act({ kind: 'createChannel', guild, name, ...(topic !== undefined && { topic }) }),
    );
  }

  async createThread(channel: string, name: string, message?: string): Promise<APIChannel> {
    return expectChannel(
      await this.act({
        kind: 'createThread',
        channel,
        name,
        ...(message !== undefined && { message }),
      }),
    );
  }

  /** Starts a private thread; others are brought in with `addToThread`. */
  async createPrivateThread(channel: string, name: string): Promise<APIChannel> {
    return expectChannel(await this.act({ kind: 'createThread', channel, name, private: true }));
  }

  async createPost(forum: string, name: string, content: string): Promise<APIChannel> {
    return expectChannel(await this.act({ kind: 'createPost', channel: forum, name, content }));
  }

  /** Renames, archives, opens, locks or unlocks a thread. */
  async changeThread(
    channel: string,
    change: { name?: string; archived?: boolean; locked?: boolean },
  ): Promise<APIChannel> {
    return expectChannel(await this.act({ kind: 'changeThread', channel, ...change }));
  }

  async joinThread(channel: string): Promise<void> {
    await this.act({ kind: 'joinThread', channel });
  }

  async leaveThread(channel: string): Promise<void> {
    await this.act({ kind: 'leaveThread', channel });
  }

  async addToThread(channel: string, person: string): Promise<void> {
    await this.act({ kind: 'addToThread', channel, person });
  }

  /** The archived threads of a channel that this person can see, newest first. */
  archivedThreads(channel: string): APIChannel[] {
    return archivedThreads(this.#discord, this.id, channel);
  }

  async openDirectMessage(): Promise<APIChannel> {
    return expectChannel(await this.act({ kind: 'openDirectMessage' }));
  }

  /**
   * The newest message in a channel that fits, as soon as there is one.
   * @param within milliseconds of real time; rejects after that
   */
  waitFor(
    channel: string,
    fits: (message: APIMessage) => boolean,
    { within = 5_000 }: { within?: number } = {},
  ): Promise<APIMessage> {
    return this.until(() => this.messages(channel, { limit: 100 }).findLast(fits), {
      within,
      what: () =>
        `last seen: ${JSON.stringify(
          this.messages(channel)
            .slice(-3)
            .map(({ content }) => content),
        )}`,
    });
  }

  /** The first notice that fits, of those since the actor was made. */
  waitForNotice<N extends Notice>(
    fits: (notice: Notice) => notice is N,
    options?: { within?: number },
  ): Promise<N>;
  waitForNotice(fits: (notice: Notice) => boolean, options?: { within?: number }): Promise<Notice>;
  waitForNotice(
    fits: (notice: Notice) => boolean,
    { within = 5_000 }: { within?: number } = {},
  ): Promise<Notice> {
    return this.until(() => this.notices.find(fits), { within });
  }

  /** What `look` gives as soon as it gives something; looked at again with every notice. */
  until<T>(
    look: () => T | undefined,
    { within = 5_000, what }: { within?: number; what?: () => string } = {},
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const watcher = () => {
      const found = look();
      if (found === undefined) return;
      stop();
      resolve(found);
    };
    const timer = setTimeout(() => {
      stop();
      reject(
        new Error(
          `${this.user.global_name} waited ${within} ms in vain${what ? `; ${what()}` : ''}`,
        ),
      );
    }, within);
    const stop = () => {
      clearTimeout(timer);
      this.#watchers.delete(watcher);
    };
    this.#watchers.add(watcher);
    watcher();
    return promise;
  }
}

function placeOf({ id, channel_id }: MessageRef): { channel: string; message: string } {
  return { channel: channel_id, message: id };
}

function listed(options: OptionValues): GivenOption[] {
  return Object.entries(options).map(([name, value]) =>
    typeof value === 'object' ? { name, value: value.name, file: value } : { name, value },
  );
}

function expectMessage(result: ActResult): APIMessage {
  if (result.kind === 'message') return result.message;
  throw new Error(`no message came, but: ${describe(result)}`);
}

function expectChannel(result: ActResult): APIChannel {
  if (result.kind === 'channel') return result.channel;
  throw new Error(`no channel came, but: ${describe(result)}`);
}

function describe(result: ActResult): string {
  return result.kind === 'failed' ? result.message : result.kind;
}
