import {
  type APIEmbed,
  ChannelType,
  type Client,
  type ForumChannel,
  type GuildBasedChannel,
  type MediaChannel,
  type NewsChannel,
  PermissionFlagsBits,
  type SendableChannels,
  type TextChannel,
  type ThreadChannel,
} from 'discord.js';
import type { Room, Rooms } from '../app/ports/rooms.ts';
import type { Store } from '../app/ports/store.ts';
import type { ChatId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Binding } from '../engine/state/frame.ts';
import type { Avatars } from './avatars.ts';
import { branchCard } from './embeds/branchCard.ts';
import { openingCard } from './embeds/openingCard.ts';
import type { LanguageOf } from './publicTexts.ts';
import { textsFor } from './texts.ts';

interface RoomsNeeds {
  readonly client: Client;
  readonly store: Pick<Store, 'chatIn'>;
  readonly avatars: Avatars;
  readonly languageOf: LanguageOf;
}

type Forum = ForumChannel | MediaChannel;
type Kind = keyof typeof NEEDED;
type Home = TextChannel | NewsChannel | Forum;

/** What opening a room takes, by Discord's names for it. */
const NEEDED = {
  thread: ['CreatePublicThreads', 'SendMessagesInThreads'],
  private: ['CreatePrivateThreads', 'SendMessagesInThreads'],
  post: ['SendMessages', 'SendMessagesInThreads'],
  channel: ['ManageChannels'],
} as const;

/** Opens threads, posts and channels for stories, beside where they were asked for. */
export class DiscordRooms implements Rooms {
  readonly #needs: RoomsNeeds;

  constructor(needs: RoomsNeeds) {
    this.#needs = needs;
  }

  async check({ kind, from }: Pick<Room, 'kind' | 'from'>): Promise<void> {
    await this.#plan(kind, from);
  }

  async isAgeRestricted(channel: string): Promise<boolean> {
    const here = await this.#needs.client.channels.fetch(channel).catch(() => null);
    if (here === null || here.isDMBased()) return false;
    const shown = here.isThread() ? here.parent : here;
    return shown !== null && 'nsfw' in shown && shown.nsfw;
  }

  async open(room: Room): Promise<Binding> {
    const { kind, parent, tags } = await this.#plan(room.kind, room.from);
    const known = room.again ? await this.#find(room, kind, parent) : null;
    const guild = parent.guildId;
    const welcome = await this.#welcome(room, guild);
    if (kind === 'post') {
      // A post is nothing without its first message.
      const post =
        known ??
        (await (parent as Forum).threads.create({
          name: room.name,
          message: welcome,
          appliedTags: tags,
        }));
      return { channel: post.id, guild };
    }
    const opened = (known ?? (await this.#create(room, kind, parent))) as SendableChannels;
    if (known === null || !(await this.#isWelcomed(opened, room.chat))) {
      await opened.send({ ...welcome, ...once(room) });
    }
    if (kind === 'private') await (opened as ThreadChannel).members.add(userOf(room));
    return { channel: opened.id, guild };
  }

  async welcome(story: Parameters<Rooms['welcome']>[0], { channel, guild }: Binding) {
    const here = await this.#needs.client.channels.fetch(channel);
    if (!here?.isSendable() || (await this.#isWelcomed(here, story.chat))) return;
    await here.send({ ...(await this.#welcome(story, guild)), ...once(story) });
  }

  /** What is opened, and under which channel. @throws {Refusal} */
  async #plan(kind: Room['kind'], from: string) {
    const { client } = this.#needs;
    const here = await client.channels.fetch(from).catch(() => null);
    if (here === null || here.isDMBased()) throw new Refusal('nowhere-to-open');
    const parent = here.isThread() ? here.parent : here;
    const tags = here.isThread() ? here.appliedTags : [];
    if (parent === null || !canHold(parent)) throw new Refusal('nowhere-to-open');
    // What only some can read stays among them.
    const hidden = here.type === ChannelType.PrivateThread;
    const asked = kind === 'thread' && hidden ? 'private' : kind;
    const isForum = 'availableTags' in parent;
    if (asked === 'private' && parent.type !== ChannelType.GuildText) {
      throw new Refusal('nowhere-to-open');
    }
    const planned: Kind = asked === 'thread' && isForum ? 'post' : asked;
    const { me } = parent.guild.members;
    // A channel is made in the server, or in the category that this one is in.
    const ground = planned === 'channel' ? parent.parent : parent;
    const may = me === null ? null : (ground?.permissionsFor(me) ?? me.permissions);
    const missing = NEEDED[planned].find((each) => !may?.has(PermissionFlagsBits[each]));
    if (missing !== undefined) throw new Refusal('may-not-open', { permission: inWords(missing) });
    return { kind: planned, parent, tags };
  }

  async #create(room: Room, kind: Exclude<Kind, 'post'>, parent: Home) {
    const { name } = room;
    if (kind === 'channel') {
      return parent.guild.channels.create({
        name,
        topic: name,
        parent: parent.parentId,
        nsfw: parent.nsfw,
      });
    }
    if (parent.type === ChannelType.GuildAnnouncement) return parent.threads.create({ name });
    const type = kind === 'private' ? ChannelType.PrivateThread : ChannelType.PublicThread;
    return (parent as TextChannel).threads.create({ name, type });
  }

  /** The room as it was opened before the process died: newer than the story, and no other story's. */
  async #find({ name, chat }: Room, kind: Kind, parent: Home): Promise<GuildBasedChannel | null> {
    const { client, store } = this.#needs;
    const isOurs = (channel: GuildBasedChannel) =>
      BigInt(channel.id) > BigInt(chat) && store.chatIn(channel.id) === null;
    if (kind === 'channel') {
      const all = await parent.guild.channels.fetch();
      return (
        all.find(
          (each) => each?.type === ChannelType.GuildText && each.topic === name && isOurs(each),
        ) ?? null
      );
    }
    const { threads } = await parent.guild.channels.fetchActiveThreads();
    return (
      threads.find(
        (each) =>
          each.parentId === parent.id &&
          each.ownerId === client.user?.id &&
          each.name === name &&
          isOurs(each),
      ) ?? null
    );
  }

  async #isWelcomed(channel: SendableChannels, chat: ChatId): Promise<boolean> {
    const newest = await channel.messages.fetch({ limit: 10 });
    return newest.some(({ id, author, embeds }) => {
      const isOurs = author.id === this.#needs.client.user?.id && BigInt(id) > BigInt(chat);
      return isOurs && embeds.length > 0;
    });
  }

  async #welcome(story: Parameters<Rooms['welcome']>[0], guild: string | null) {
    const embeds = [await this.#card(story, this.#needs.languageOf(story.chat, guild))];
    return { embeds, allowedMentions: { parse: [] } };
  }

  async #card(
    { welcome, name, person }: Parameters<Rooms['welcome']>[0],
    locale: string | null,
  ): Promise<APIEmbed> {
    if (welcome.kind === 'branch') return branchCard(name, welcome, textsFor(locale));
    const avatar = await this.#needs.avatars.url(welcome.sheet.avatar);
    const user = person.slice('user:'.length);
    return openingCard(welcome, { user, avatar, offline: false }, textsFor(locale));
  }
}

/** The same message twice is one, for a while: an answer that was lost is asked for again. */
const once = ({ chat }: Pick<Room, 'chat'>) => ({ nonce: chat.slice(-25), enforceNonce: true });

const userOf = ({ person }: Room): string => person.slice('user:'.length);

const canHold = (channel: GuildBasedChannel): channel is Home =>
  channel.type === ChannelType.GuildText ||
  channel.type === ChannelType.GuildAnnouncement ||
  channel.type === ChannelType.GuildForum ||
  channel.type === ChannelType.GuildMedia;

/** As Discord's settings name a permission. */
const inWords = (permission: string): string => permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
