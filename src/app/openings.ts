import { z } from 'zod';
import { sharesMemories } from '../engine/homeSettings.ts';
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
  formFields,
  formOf,
  type KickoffForm,
  kickoffForm,
  type NamesOf,
  readForm,
} from '../engine/kickoff/kickoffForm.ts';
import { askKickoff, type Casting, noAnswer, proposalOf } from '../engine/kickoff/proposal.ts';
import { fillMacros } from '../engine/macros.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { Sheet } from '../engine/sheet.ts';
import type { Chats } from './chats.ts';
import type { Classifier } from './classifier.ts';
import type { HomeRules } from './homeRules.ts';
import type { Homes } from './homes.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Room, Rooms } from './ports/rooms.ts';
import type { Store } from './ports/store.ts';
import type { Rights } from './rights.ts';

export interface OpeningsNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly homes: Homes;
  readonly rights: Rights;
  readonly rules: HomeRules;
  readonly rooms: Rooms;
  readonly classifier: Classifier;
  readonly clock: Clock;
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
  /** Where and when it begins where nobody says so, in words. */
  readonly unsaid: { readonly place: string; readonly time: string };
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
  /** Names of those who bring up in one story what happened in another. */
  readonly sharing: readonly string[];
  /** The story that is put away for it, by its name; null where there is none. */
  readonly replaces: string | null;
  /** As it is edited, with what was typed last and could not be read. */
  readonly form: KickoffForm;
}

/** Characters that can play from the beginning. */
const MOST = 4;

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
export type OpeningDraft = z.infer<typeof draft>;

const keyOf = (id: ChatId): string => `opening:${id}`;

/** Openings that people look at and change; nothing of them is in a story. */
export class Openings {
  readonly #needs: OpeningsNeeds;

  constructor(needs: OpeningsNeeds) {
    this.#needs = needs;
  }

  /**
   * Proposes an opening, by what the characters' authors wrote and what is found in their prose.
   * @throws {Refusal} `not-allowed`, `unknown-character`, `too-many-characters`, `only-age-restricted`,
   *   `no-adults`, `limit-reached`, `may-not-open`, `nowhere-to-open`.
   */
  async propose(asked: Starting): Promise<Opening> {
    const { store } = this.#needs;
    const { command, home, by, characters, channel, guild, room, name, unsaid } = asked;
    const known = this.#draft(command);
    if (known !== null) return this.#shown(command, known);
    const replaces = room === null ? store.chatIn(channel) : null;
    const cast = await this.admit({ home, channel, replaces }, characters, by);
    if (room !== null) await this.#needs.rooms.check({ kind: room, from: channel });
    const card = proposalOf(cast, await this.#ask(command, cast), unsaid);
    const { person } = by;
    const where = { home, guild, channel, room };
    return this.#put(command, { ...where, person, name, card, at: 0, replaces, typed: null });
  }

  /** @throws {Refusal} `draft-gone`, `not-yours`. */
  opening(id: ChatId, by: Standing): Opening {
    return this.#shown(id, this.own(id, by));
  }

  /** Other first words are chosen. @param at counts from 0 @throws {Refusal} `draft-gone`, `not-yours`. */
  choose(id: ChatId, at: number, by: Standing): Opening {
    const content = this.own(id, by);
    const last = Math.max(0, firstWordsOf(content.card).length - 1);
    return this.#put(id, { ...content, at: Math.min(at, last), typed: null });
  }

  /**
   * The opening as it was typed; what cannot be read is kept, to be put right.
   * @param most letters that a field holds: what is longer was shown cut. A field that was left alone stays.
   * @throws {Refusal} `draft-gone`, `not-yours`, `bad-opening`.
   */
  revise(id: ChatId, typed: KickoffForm, most: number, by: Standing): Opening {
    const content = this.own(id, by);
    this.#put(id, { ...content, typed });
    const before = beginningWith(content.card, content.at);
    const names = this.#namesOf(content);
    const [written, shown] = [formOf(before, names), this.#formOf(id, content)];
    const fields = formFields.map((field) => {
      const untouched = plain(typed[field]) === plain(shown[field].slice(0, most));
      return [field, untouched ? written[field] : typed[field]];
    });
    const form = kickoffForm.parse(Object.fromEntries(fields));
    const card = kickoffCard.parse(readForm(form, before, names));
    return this.#put(id, { ...content, card, at: 0, typed: null });
  }

  /** @throws {Refusal} `not-yours`. */
  cancel(id: ChatId, by: Standing): void {
    if (this.#draft(id) === null) return;
    this.own(id, by);
    this.#needs.store.drafts.remove(keyOf(id));
  }

  /** What someone has asked for, as it is kept. @throws {Refusal} `draft-gone`, `not-yours`. */
  own(id: ChatId, by: Standing): OpeningDraft {
    const content = this.#draft(id);
    if (content === null) throw new Refusal('draft-gone');
    if (content.person !== by.person) throw new Refusal('not-yours');
    return content;
  }

  /** It has begun. */
  remove(id: ChatId): void {
    this.#needs.store.drafts.remove(keyOf(id));
  }

  /**
   * Those who play, who may do so there, as whoever begins may have it.
   * @throws {Refusal} `not-allowed`, `unknown-character`, `too-many-characters`, `only-age-restricted`,
   *   `no-adults`, `limit-reached`.
   */
  async admit(
    { home, channel, replaces }: Pick<OpeningDraft, 'home' | 'channel' | 'replaces'>,
    characters: readonly EntityId[],
    by: Standing,
  ): Promise<[Casting, ...Casting[]]> {
    const { rights, rules } = this.#needs;
    rights.demandAt(home, 'start', by);
    if (replaces !== null) rights.demand('reset', by, replaces);
    rules.demandAllowance(home, by.person);
    const cast = this.#cast(home, characters);
    for (const { authored } of cast) await rules.admit(home, channel, authored.sheet);
    return cast;
  }

  /** Whose home a story is begun in; null for what is not being begun. */
  homeOf(id: ChatId): HomeId | null {
    return this.#draft(id)?.home ?? null;
  }

  /** What whoever begins goes by in the story. */
  guestOf(id: ChatId, { home, person, name }: OpeningDraft): string {
    return this.#needs.homes.appearance(home, person, id, name).name;
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

  #draft(id: ChatId): OpeningDraft | null {
    const content = this.#needs.store.drafts.get(keyOf(id));
    return content === null ? null : draft.parse(content);
  }

  #put(id: ChatId, content: OpeningDraft): Opening {
    this.#needs.store.drafts.put(keyOf(id), content, this.#needs.clock.now());
    return this.#shown(id, content);
  }

  /** The opening to be edited, with names in the place of what stands for them. */
  #formOf(id: ChatId, content: OpeningDraft): KickoffForm {
    const names = this.#namesOf(content);
    const macros = { char: names[content.card.character] ?? '', user: this.guestOf(id, content) };
    const form = formOf(beginningWith(content.card, content.at), names);
    return kickoffForm.parse(
      Object.fromEntries(formFields.map((field) => [field, fillMacros(form[field], macros)])),
    );
  }

  #namesOf({ home, card }: OpeningDraft): NamesOf {
    const cast = this.#cast(home, charactersOf(card));
    return Object.fromEntries(cast.map(({ entity, authored }) => [entity, authored.sheet.name]));
  }

  #shown(id: ChatId, content: OpeningDraft): Opening {
    const { homes, chats } = this.#needs;
    const { home, at, replaces, typed } = content;
    const card = beginningWith(content.card, at);
    const names = this.#namesOf(content);
    return {
      id,
      card,
      at,
      of: firstWordsOf(card).length,
      names,
      guest: this.guestOf(id, content),
      sheet: homes.character(home, card.character).sheet,
      sharing: charactersOf(card)
        .filter((each) => sharesMemories(homes.read(home).settings, each))
        .map((each) => names[each] ?? ''),
      replaces: replaces === null ? null : chats.read(replaces).frame.name,
      form: typed ?? this.#formOf(id, content),
    };
  }
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();

export const charactersOf = ({ character, others }: KickoffCard): EntityId[] => [
  character,
  ...others.map((each) => each.character),
];
