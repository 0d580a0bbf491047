import { z } from 'zod';
import { authorCharacter, retireCharacter } from '../engine/deciders/authorCharacter.ts';
import { configureHome } from '../engine/deciders/configureHome.ts';
import { sharesMemories, sharingKey } from '../engine/homeSettings.ts';
import { type EntityId, entityId, type HomeId, homeId, isDirect } from '../engine/ids.ts';
import { type Lorebook, MOST_ENTRIES } from '../engine/lore/lorebook.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import { blankParts, type Sheet, sheet as sheetSchema } from '../engine/sheet.ts';
import type { AuthoredCharacter, HomeState } from '../engine/state/home.ts';
import type { Choice, Homes } from './homes.ts';
import type { CardForm, Cards, ReadCard } from './ports/cards.ts';
import type { Clock } from './ports/clock.ts';
import type { NewId } from './ports/newId.ts';
import type { Store } from './ports/store.ts';
import type { Row } from './ports/unitOfWork.ts';
import type { Rights } from './rights.ts';
import type { Asked } from './storylines.ts';

/** Draws anyone's picture as a portrait; null for what is no picture. */
export type Portrait = (bytes: Uint8Array) => Promise<Uint8Array | null>;
export type HashOf = (bytes: Uint8Array) => string;

export interface CastingNeeds {
  readonly homes: Homes;
  readonly rights: Pick<Rights, 'demandAt' | 'mayAt'>;
  readonly store: Store;
  readonly cards: Cards;
  readonly portrait: Portrait;
  readonly hashOf: HashOf;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Files are kept in a draft as base64. */
const file = z.object({ type: z.string(), base64: z.string() });
type KeptFile = z.infer<typeof file>;

const draft = z.object({
  home: homeId,
  person: entityId,
  /** The character that is rewritten; null for a new one. */
  character: entityId.nullable(),
  /** As far as it is filled in: what is there is right by itself. */
  sheet: z.record(z.string(), z.unknown()),
  picture: file.nullable(),
  /** The file of the card that it came from. */
  card: file.nullable(),
});
export type Draft = z.infer<typeof draft>;
export type SheetField = keyof Sheet;

/** A character in a list of those of a home. */
export interface Listed extends Choice {
  readonly author: AuthoredCharacter['author'];
  readonly adult: boolean;
  readonly retired: boolean;
  /** Written by whoever asks. */
  readonly own: boolean;
}

/** A new character, before anything of it is filled in. */
const BLANK = { ...blankParts, colour: '#c9784a' } satisfies Partial<Sheet>;

/** Characters being written, read from cards, shown and retired: everything but playing them. */
export class Casting {
  readonly #needs: CastingNeeds;

  constructor(needs: CastingNeeds) {
    this.#needs = needs;
  }

  /** @throws {Refusal} `unknown-character`. */
  character(home: HomeId, character: EntityId): AuthoredCharacter {
    return this.#needs.homes.character(home, character);
  }

  /** One's own first, then those of others, then the retired ones; each by name. */
  list(home: HomeId, by: Standing): Listed[] {
    const all = Object.entries(this.#needs.homes.read(home).characters);
    const listed = all.map(([id, { sheet, author, retired }]): Listed => {
      const { name, summary, adult } = sheet;
      return { id, name, summary, author, adult, retired, own: author === by.person };
    });
    const rank = ({ own, retired }: Listed) => (retired ? 2 : own ? 0 : 1);
    return listed.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  }

  /** Whether someone may rewrite and retire a character: their own, or any where they configure. */
  mayRewrite(home: HomeId, character: EntityId, by: Standing): boolean {
    const { rights } = this.#needs;
    const { author } = this.character(home, character);
    if (rights.mayAt(home, 'configure', by)) return true;
    return author === by.person && rights.mayAt(home, 'author-characters', by);
  }

  /**
   * Begins to write a character, or to rewrite one; whoever began a new one and has neither kept nor
   * discarded it goes on with that.
   * @param id the interaction that asks: a new draft goes by it.
   * @throws {Refusal} `unknown-character`, `not-allowed`, `not-your-character`.
   */
  open(
    id: string,
    home: HomeId,
    character: EntityId | null,
    by: Standing,
  ): { readonly id: string; readonly draft: Draft } {
    this.#demand(home, character, by);
    const { person } = by;
    const begun = character === null ? this.#begun(home, person) : null;
    if (begun !== null) return begun;
    const sheet = character === null ? BLANK : this.character(home, character).sheet;
    const opened = { home, person, character, sheet: { ...sheet }, picture: null, card: null };
    if (character === null) {
      this.#needs.store.drafts.put(begunKey(home, person), id, this.#needs.clock.now());
    }
    return { id, draft: this.#put(id, opened) };
  }

  /**
   * Reads a card into a draft: nothing is stored before it is confirmed.
   * @throws {Refusal} `not-allowed`, `broken-card`.
   */
  async importCard(
    id: string,
    home: HomeId,
    bytes: Uint8Array,
    by: Standing,
  ): Promise<{ readonly draft: Draft; readonly card: ReadCard }> {
    this.#demand(home, null, by);
    const card = this.#needs.cards.read(bytes);
    const drawn = card.picture === null ? null : await this.#needs.portrait(card.picture.bytes);
    const picture = drawn === null ? null : kept('image/png', drawn);
    const { person } = by;
    const opened = { home, person, character: null, sheet: { ...card.sheet }, picture };
    return { card, draft: this.#put(id, { ...opened, card: kept(TYPES[card.form], bytes) }) };
  }

  /** @throws {Refusal} `draft-gone`, also for somebody else's. */
  draft(id: string, person: EntityId): Draft {
    const found = draft.safeParse(this.#needs.store.drafts.get(id));
    if (!found.success || found.data.person !== person) throw new Refusal('draft-gone');
    return found.data;
  }

  /**
   * Fills in a part; a part that does not fit leaves the draft as it was.
   * @throws {Refusal} `draft-gone`; `broken-sheet` with `field` and, where it is too long, `limit`.
   */
  fill(id: string, person: EntityId, fields: Partial<Record<SheetField, unknown>>): Draft {
    const before = this.draft(id, person);
    const parsed = sheetSchema.partial().safeParse(fields);
    if (!parsed.success) throw broken(parsed.error);
    // Parsing fills in what was not given as well.
    const given = Object.entries(parsed.data).filter(([field]) => Object.hasOwn(fields, field));
    return this.#put(id, { ...before, sheet: { ...before.sheet, ...Object.fromEntries(given) } });
  }

  /** @throws {Refusal} `draft-gone`, `broken-picture`. */
  async paint(id: string, person: EntityId, bytes: Uint8Array): Promise<Draft> {
    const before = this.draft(id, person);
    const drawn = await this.#needs.portrait(bytes);
    if (drawn === null) throw new Refusal('broken-picture');
    return this.#put(id, { ...before, picture: kept('image/png', drawn) });
  }

  /** The picture that a draft has by now, as PNG. */
  pictureOf({ picture, sheet }: Pick<Draft, 'picture' | 'sheet'>): Uint8Array | null {
    if (picture !== null) return Buffer.from(picture.base64, 'base64');
    return this.picture(typeof sheet.avatar === 'string' ? sheet.avatar : null);
  }

  /** @param hash of a sheet's picture */
  picture(hash: string | null): Uint8Array | null {
    return hash === null ? null : (this.#needs.store.asset(hash)?.bytes ?? null);
  }

  discard(id: string, person: EntityId): void {
    this.draft(id, person);
    this.#needs.store.drafts.remove(id);
  }

  /**
   * Writes a draft into its home.
   * @throws {Refusal} `draft-gone`, `not-allowed`, `not-your-character`; `broken-sheet` for what is missing.
   */
  confirm(id: string, { by, command }: Asked): EntityId {
    const { homes, store, newId, hashOf } = this.#needs;
    const { home, character, sheet, picture, card } = this.draft(id, by.person);
    this.#demand(home, character, by);
    const rows: Row[] = [];
    const keep = (each: KeptFile | null): string | null => {
      if (each === null) return null;
      const bytes = Buffer.from(each.base64, 'base64');
      const hash = hashOf(bytes);
      rows.push({ table: 'asset', hash, type: each.type, bytes });
      return hash;
    };
    const files = { avatar: keep(picture) ?? sheet.avatar, card: keep(card) ?? sheet.card };
    const parsed = sheetSchema.safeParse({ ...sheet, ...files });
    if (!parsed.success) throw broken(parsed.error);
    const written = character ?? `character:${newId()}`;
    const decide = (state: Parameters<typeof authorCharacter>[1]) =>
      authorCharacter({ character: written, sheet: parsed.data }, state);
    homes.execute({ home, id: command, actor: by.person, decide, rows });
    store.drafts.remove(id);
    return written;
  }

  /** @throws {Refusal} `unknown-character`, `not-your-character`. */
  retire(home: HomeId, character: EntityId, { by, command }: Asked): void {
    this.#demand(home, character, by);
    const decide = (state: Parameters<typeof retireCharacter>[1]) =>
      retireCharacter({ character }, state);
    this.#needs.homes.execute({ home, id: command, actor: by.person, decide });
  }

  /** Whether a character is reminded in one story of the others of its home. */
  sharesMemories(home: HomeId, character: EntityId): boolean {
    return sharesMemories(this.#needs.homes.read(home).settings, character);
  }

  /**
   * Sets whether it is: from now on, in all its stories here.
   * @throws {Refusal} `unknown-character`, `not-your-character`; `never-shared` in direct messages.
   */
  shareMemories(home: HomeId, character: EntityId, shares: boolean, { by, command }: Asked): void {
    if (isDirect(home)) throw new Refusal('never-shared');
    this.#demand(home, character, by);
    const decide = (state: HomeState) => configureHome({ [sharingKey(character)]: shares }, state);
    this.#needs.homes.execute({ home, id: command, actor: by.person, decide });
  }

  /**
   * Writes a book's entries into a character's own, but for those that are there already.
   * @throws {Refusal} `unknown-character`, `not-your-character`, `book-full`.
   */
  giveBook(home: HomeId, character: EntityId, given: Lorebook, { by, command }: Asked): void {
    this.#demand(home, character, by);
    const { sheet } = this.character(home, character);
    const own = sheet.book?.entries ?? [];
    const known = new Set(own.map(({ content }) => content));
    const entries = [...own, ...given.entries.filter(({ content }) => !known.has(content))];
    if (entries.length > MOST_ENTRIES) throw new Refusal('book-full', { most: MOST_ENTRIES });
    const book = { ...(sheet.book ?? given), entries };
    const decide = (state: Parameters<typeof authorCharacter>[1]) =>
      authorCharacter({ character, sheet: { ...sheet, book } }, state);
    this.#needs.homes.execute({ home, id: command, actor: by.person, decide });
  }

  /**
   * A character as a card's file, secrets and all: for those who may rewrite it. What comes with Troupe
   * is everyone's.
   * @throws {Refusal} `unknown-character`, `not-your-character`.
   */
  exportCard(home: HomeId, character: EntityId, form: CardForm, by: Standing): Uint8Array {
    const { store, cards } = this.#needs;
    const { sheet, author } = this.character(home, character);
    if (author !== 'troupe') this.#demand(home, character, by);
    const bytesOf = (hash: string | null) => (hash === null ? null : store.asset(hash));
    const origin = bytesOf(sheet.card)?.bytes ?? null;
    return cards.write(form, sheet, origin, bytesOf(sheet.avatar)?.bytes ?? null);
  }

  /** The new character that someone began here. */
  #begun(home: HomeId, person: EntityId): { readonly id: string; readonly draft: Draft } | null {
    const id = z.string().safeParse(this.#needs.store.drafts.get(begunKey(home, person)));
    const found = id.success ? draft.safeParse(this.#needs.store.drafts.get(id.data)) : null;
    return id.success && found?.success ? { id: id.data, draft: found.data } : null;
  }

  #demand(home: HomeId, character: EntityId | null, by: Standing): void {
    if (character === null) {
      this.#needs.rights.demandAt(home, 'author-characters', by);
      return;
    }
    if (this.mayRewrite(home, character, by)) return;
    const { author, sheet } = this.character(home, character);
    throw new Refusal('not-your-character', { author, name: sheet.name });
  }

  #put(id: string, content: Draft): Draft {
    this.#needs.store.drafts.put(id, content, this.#needs.clock.now());
    return content;
  }
}

const begunKey = (home: HomeId, person: EntityId): string => `begun:${home}:${person}`;

const TYPES: Record<CardForm, string> = {
  json: 'application/json',
  png: 'image/png',
  charx: 'application/zip',
};

const kept = (type: string, bytes: Uint8Array): KeptFile => ({
  type,
  base64: Buffer.from(bytes).toString('base64'),
});

/** Names the first part that does not fit. */
function broken(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const field = String(issue?.path[0] ?? '');
  const tooLong = issue?.code === 'too_big';
  return new Refusal('broken-sheet', tooLong ? { field, limit: Number(issue.maximum) } : { field });
}
