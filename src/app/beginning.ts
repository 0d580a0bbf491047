import { z } from 'zod';
import { archiveChat } from '../engine/deciders/archiveChat.ts';
import { beginChat } from '../engine/deciders/beginChat.ts';
import {
  type ChatId,
  chatId,
  type EntityId,
  entityId,
  type HomeId,
  homeId,
} from '../engine/ids.ts';
import { type KickoffCard, kickoffCard } from '../engine/kickoff/kickoffCard.ts';
import {
  beginningWith,
  firstWordsOf,
  formOf,
  type KickoffForm,
  kickoffForm,
  type NamesOf,
  readForm,
} from '../engine/kickoff/kickoffForm.ts';
import { askKickoff, type Casting, noAnswer, proposalOf } from '../engine/kickoff/proposal.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { Sheet } from '../engine/sheet.ts';
import type { Chats } from './chats.ts';
import type { Classifier } from './classifier.ts';
import type { HomeRules } from './homeRules.ts';
import type { Homes } from './homes.ts';
import type { Clock, JobChange, Log, NewId, Room, Rooms, Store, Welcome } from './ports.ts';
import type { Replies } from './replies.ts';
import type { Rights } from './rights.ts';
import type { Opened, Storylines } from './storylines.ts';

export interface BeginningNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly homes: Homes;
  readonly rights: Rights;
  readonly rules: HomeRules;
  readonly rooms: Rooms;
  readonly replies: Replies;
  readonly storylines: Storylines;
  readonly classifier: Classifier;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

export interface Starting {
  /** The interaction's id: it is the story's id too, so that the same click never begins two. */
  readonly command: string;
  readonly home: HomeId;
  readonly guild: string | null;
  /** Where it was asked for, and is played unless it gets a room of its own. */
  readonly channel: string;
  readonly room: Room['kind'] | null;
  readonly by: Standing;
  /** What they go by. */
  readonly name: string;
  /** Who speaks first, then who else is there. */
  readonly characters: readonly EntityId[];
}

/** An opening that someone looks at, and nobody has begun. */
export interface Opening {
  /** The draft, and the story once it has begun. */
  readonly id: ChatId;
  /** With the first words that were chosen in the first place. */
  readonly card: KickoffCard;
  /** Which of its first words those are, counted from 0, and how many there are. */
  readonly at: number;
  readonly of: number;
  readonly names: NamesOf;
  /** What whoever begins goes by. */
  readonly guest: string;
  /** Of who speaks first. */
  readonly sheet: Sheet;
  /** The story that is put away for it, by its name; null where there is none. */
  readonly replaces: string | null;
  /** As it is edited, with what was typed last and could not be read. */
  readonly form: KickoffForm;
}

export interface Begun {
  readonly chat: ChatId;
  /** Null when the same was asked before: all of it has been shown. */
  readonly opening: Extract<Welcome, { kind: 'opening' }> | null;
  /** The room that was opened for it; null where it is played in the channel itself. */
  readonly room: Opened | null;
}

/** Characters that can play from the beginning. */
const MOST = 4;
const FALLBACKS = { place: 'Somewhere', time: 'Now' };

const draft = z.object({
  home: homeId,
  guild: z.string().nullable(),
  channel: z.string(),
  room: z.enum(['thread', 'private', 'channel']).nullable(),
  person: entityId,
  name: z.string(),
  card: kickoffCard,
  /** Which of the card's first words stand first. */
  at: z.int().min(0),
  replaces: chatId.nullable(),
  typed: kickoffForm.nullable(),
});
type Draft = z.infer<typeof draft>;

const keyOf = (id: ChatId): string => `opening:${id}`;

/** How stories begin: an opening is proposed, looked at and changed, and only a confirmed one is played. */
export class Beginning {
  readonly #needs: BeginningNeeds;

  constructor(needs: BeginningNeeds) {
    this.#needs = needs;
  }

  /**
   * Proposes an opening, by what the characters' authors wrote and what is found in their prose.
   * @throws {Refusal} `not-allowed`, `unknown-character`, `too-many-characters`, `only-age-restricted`,
   *   `no-adults`, `limit-reached`.
   */
  async propose(asked: Starting): Promise<Opening> {
    const { store, rights, clock } = this.#needs;
    const { command, home, by, characters, channel, guild, room, name } = asked;
    const known = this.#draft(command);
    if (known !== null) return this.#shown(command, known);
    const replaces = room === null ? store.chatIn(channel) : null;
    this.#demand(home, by, replaces);
    if (replaces !== null) rights.demand('reset', by, replaces);
    const [first, ...others] = this.#cast(home, characters);
    await this.#admit(home, channel, [first, ...others]);
    const answer = await this.#ask(command, [first, ...others]);
    const card = proposalOf([first, ...others], answer, FALLBACKS);
    const person = by.person;
    const content = {
      home,
      guild,
      channel,
      room,
      person,
      name,
      card,
      at: 0,
      replaces,
      typed: null,
    };
    store.drafts.put(keyOf(command), content, clock.now());
    return this.#shown(command, content);
  }

  /** @throws {Refusal} `draft-gone`, `not-yours`. */
  opening(id: ChatId, by: Standing): Opening {
    return this.#shown(id, this.#own(id, by));
  }

  /** Other first words are chosen. @param at counts from 0 @throws {Refusal} `draft-gone`, `not-yours`. */
  choose(id: ChatId, at: number, by: Standing): Opening {
    const content = this.#own(id, by);
    const last = Math.max(0, firstWordsOf(content.card).length - 1);
    return this.#put(id, { ...content, at: Math.min(at, last), typed: null });
  }

  /**
   * The opening as it was typed; what cannot be read is kept, to be put right.
   * @param most letters that a field holds: what is longer was shown cut, and stays where it was left so.
   * @throws {Refusal} `draft-gone`, `not-yours`, `bad-opening`.
   */
  revise(id: ChatId, typed: KickoffForm, most: number, by: Standing): Opening {
    const content = this.#own(id, by);
    this.#put(id, { ...content, typed });
    const before = beginningWith(content.card, content.at);
    const whole =
      plain(typed.greeting) === plain(before.greeting.slice(0, most))
        ? { ...typed, greeting: before.greeting }
        : typed;
    const card = kickoffCard.parse(readForm(whole, before, this.#namesOf(content)));
    return this.#put(id, { ...content, card, at: 0, typed: null });
  }

  /** @throws {Refusal} `not-yours`. */
  cancel(id: ChatId, by: Standing): void {
    if (this.#draft(id) === null) return;
    this.#own(id, by);
    this.#needs.store.drafts.remove(keyOf(id));
  }

  /**
   * Begins the story of an opening; its first words are owed from then on, see {@link speakFirst}.
   * @throws {Refusal} `draft-gone`, `not-yours`, `not-allowed`, `story-already-here`, `limit-reached`,
   *   `only-age-restricted`, `no-adults`, `may-not-open`, `nowhere-to-open`; `out-of-date` when another
   *   story than the one to be put away is there by now.
   */
  async begin(id: ChatId, by: Standing): Promise<Begun> {
    const { store, rights, replies, storylines } = this.#needs;
    if (store.chat(id) !== null) return { chat: id, opening: null, room: null };
    const content = this.#own(id, by);
    const { home, channel, replaces, card } = content;
    this.#demand(home, by, replaces);
    await this.#admit(home, channel, this.#cast(home, charactersOf(card)));
    if (content.room !== null) {
      const from = { kind: content.room, from: channel };
      const room = await storylines.beginIn(id, from, (owed) => this.#write(id, content, owed));
      store.drafts.remove(keyOf(id));
      return { chat: id, opening: null, room };
    }
    const here = store.chatIn(channel);
    if (replaces !== null && here === replaces) {
      rights.demand('reset', by, replaces);
      await putAway(this.#needs, replaces, `${id}:archive`, by.person);
    } else if (here !== null) {
      throw new Refusal(replaces === null ? 'story-already-here' : 'out-of-date');
    }
    const repeated = await this.#write(id, content, []);
    store.drafts.remove(keyOf(id));
    if (replaces !== null) replies.moved(replaces);
    const welcome = storylines.welcomeTo(id);
    const opening = repeated || welcome.kind !== 'opening' ? null : welcome;
    return { chat: id, opening, room: null };
  }

  /** Shows the first words of a story that has begun, or has its character find them. */
  async speakFirst(chat: ChatId): Promise<void> {
    const { chats, replies } = this.#needs;
    const first = chats.read(chat).story.turns[0];
    if (first === undefined) replies.answer(chat);
    else if (first.kind === 'reply') await replies.deliver(chat, first.node);
  }

  async #write(id: ChatId, content: Draft, owed: readonly JobChange[]): Promise<boolean> {
    const { chats, store, homes, newId } = this.#needs;
    const { home, guild, channel, room, person: owner } = content;
    const here = room === null ? channel : null;
    const cast = this.#cast(home, charactersOf(content.card));
    const card = withRevisions(beginningWith(content.card, content.at), cast);
    const nodes = { kickoff: newId(), greetings: firstWordsOf(card).map(() => newId()) };
    const sheets = Object.fromEntries(cast.map(({ entity, authored }) => [entity, authored.sheet]));
    const { name: guest } = homes.appearance(home, owner, id, content.name);
    const [first] = nodes.greetings;
    const speaks: JobChange =
      first === undefined
        ? { add: { kind: 'answer', chat: id, node: null } }
        : { add: { kind: 'deliver', chat: id, node: first } };
    const { repeated } = await chats.execute({
      chat: id,
      id,
      actor: owner,
      decide: () => {
        // Asked in the step that writes: two people may begin in the same moment.
        if (here !== null && store.chatIn(here) !== null) throw new Refusal('story-already-here');
        const place = `place:${newId()}`;
        return beginChat({ home, guild, channel: here, owner, card, sheets, guest, nodes, place });
      },
      also: () => ({ jobs: here === null ? owed : [...owed, speaks] }),
    });
    return repeated;
  }

  #demand(home: HomeId, by: Standing, replaces: ChatId | null): void {
    const { rights, rules } = this.#needs;
    rights.demandAt(home, 'start', by);
    if (replaces !== null) rights.demand('reset', by, replaces);
    rules.demandAllowance(home, by.person);
  }

  /** @throws {Refusal} `only-age-restricted`, `no-adults`. */
  async #admit(home: HomeId, channel: string, cast: readonly Casting[]): Promise<void> {
    for (const { authored } of cast) await this.#needs.rules.admit(home, channel, authored.sheet);
  }

  /** @throws {Refusal} `unknown-character`, `too-many-characters`. */
  #cast(home: HomeId, characters: readonly EntityId[]): [Casting, ...Casting[]] {
    const cast = [...new Set(characters)].map((entity) => {
      return { entity, authored: this.#needs.homes.character(home, entity) };
    });
    if (cast.length > MOST) throw new Refusal('too-many-characters', { most: MOST });
    const [first, ...others] = cast;
    if (first === undefined) throw new Refusal('unknown-character');
    return [first, ...others];
  }

  /** What is found in the characters' prose; nothing, where nobody could look. */
  async #ask(id: ChatId, cast: readonly Casting[]) {
    const { classifier, log } = this.#needs;
    try {
      return await classifier.ask({ kind: 'kickoff', chat: id, node: null, ...askKickoff(cast) });
    } catch (error) {
      log.warn({ chat: id, err: error }, 'an opening was proposed without a look at the prose');
      return noAnswer;
    }
  }

  #draft(id: ChatId): Draft | null {
    const content = this.#needs.store.drafts.get(keyOf(id));
    return content === null ? null : draft.parse(content);
  }

  #own(id: ChatId, by: Standing): Draft {
    const content = this.#draft(id);
    if (content === null) throw new Refusal('draft-gone');
    if (content.person !== by.person) throw new Refusal('not-yours');
    return content;
  }

  #put(id: ChatId, content: Draft): Opening {
    this.#needs.store.drafts.put(keyOf(id), content, this.#needs.clock.now());
    return this.#shown(id, content);
  }

  #namesOf({ home, card }: Draft): NamesOf {
    const cast = this.#cast(home, charactersOf(card));
    return Object.fromEntries(cast.map(({ entity, authored }) => [entity, authored.sheet.name]));
  }

  #shown(id: ChatId, content: Draft): Opening {
    const { homes, chats } = this.#needs;
    const { home, at, replaces, typed, person } = content;
    const card = beginningWith(content.card, at);
    const names = this.#namesOf(content);
    return {
      id,
      card,
      at,
      of: firstWordsOf(card).length,
      names,
      guest: homes.appearance(home, person, id, content.name).name,
      sheet: homes.character(home, card.character).sheet,
      replaces: replaces === null ? null : chats.read(replaces).frame.name,
      form: typed ?? formOf(card, names),
    };
  }
}

/** Puts a story away; its channel is free for another. */
export async function putAway(
  { chats, replies }: Pick<BeginningNeeds, 'chats' | 'replies'>,
  chat: ChatId,
  id: string,
  actor: EntityId | 'troupe',
  why: 'archived' | 'channel-gone' = 'archived',
): Promise<void> {
  replies.stop(chat);
  await replies.settled(chat);
  await chats.execute({
    chat,
    id,
    actor,
    decide: (known) => archiveChat(why, known),
    also: () => ({ jobs: [{ done: { kind: 'answer', chat, node: null } }] }),
  });
  // Without a channel, nothing is owed to it.
  replies.moved(chat);
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();

const charactersOf = ({ character, others }: KickoffCard): EntityId[] => [
  character,
  ...others.map((each) => each.character),
];

/** A character that was written anew since plays as it is now. */
function withRevisions(card: KickoffCard, [first, ...others]: readonly [Casting, ...Casting[]]) {
  return {
    ...card,
    revision: first.authored.revision,
    others: others.map(({ entity, authored }) => {
      return { character: entity, revision: authored.revision };
    }),
  };
}
