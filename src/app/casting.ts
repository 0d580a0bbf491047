import { z } from 'zod';
import { authorCharacter, retireCharacter } from '../engine/deciders/authorCharacter.ts';
import { type EntityId, entityId, type HomeId, homeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Sheet, sheet as sheetSchema } from '../engine/sheet.ts';
import type { AuthoredCharacter } from '../engine/state/home.ts';
import type { CardForm, Cards, ReadCard } from './cardPort.ts';
import type { Homes } from './homes.ts';
import type { Clock, NewId, Row, Store } from './ports.ts';

/** Draws anyone's picture as a portrait; null for what is no picture. */
export type Portrait = (bytes: Uint8Array) => Promise<Uint8Array | null>;
export type HashOf = (bytes: Uint8Array) => string;

export interface CastingNeeds {
  readonly homes: Homes;
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

/** A new character's parts that need not be filled in. */
const BLANK = {
  pronouns: '',
  colour: '#c9784a',
  summary: '',
  traits: [],
  voice: [],
  backstory: '',
  relationship: '',
  kickoff: '',
  place: '',
  time: '',
  greeting: '',
  avatar: null,
} satisfies Partial<Sheet>;

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

  /**
   * Begins to write a character, or to rewrite one.
   * @param id the interaction that asks: the draft goes by it.
   * @throws {Refusal} `unknown-character`.
   */
  open(
    id: string,
    { home, person, character }: Pick<Draft, 'home' | 'person' | 'character'>,
  ): Draft {
    const sheet = character === null ? BLANK : this.character(home, character).sheet;
    const opened = { home, person, character, sheet: { ...sheet }, picture: null, card: null };
    return this.#put(id, opened);
  }

  /**
   * Reads a card into a draft: nothing is stored before it is confirmed.
   * @throws {Refusal} `broken-card`.
   */
  async importCard(
    id: string,
    { home, person, bytes }: Pick<Draft, 'home' | 'person'> & { readonly bytes: Uint8Array },
  ): Promise<{ readonly draft: Draft; readonly card: ReadCard }> {
    const card = this.#needs.cards.read(bytes);
    const drawn = card.picture === null ? null : await this.#needs.portrait(card.picture.bytes);
    const picture = drawn === null ? null : kept('image/png', drawn);
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
    return this.#put(id, { ...before, sheet: { ...before.sheet, ...parsed.data } });
  }

  /** @throws {Refusal} `draft-gone`, `broken-picture`. */
  async paint(id: string, person: EntityId, bytes: Uint8Array): Promise<Draft> {
    const before = this.draft(id, person);
    const drawn = await this.#needs.portrait(bytes);
    if (drawn === null) throw new Refusal('broken-picture');
    return this.#put(id, { ...before, picture: kept('image/png', drawn) });
  }

  discard(id: string, person: EntityId): void {
    this.draft(id, person);
    this.#needs.store.drafts.remove(id);
  }

  /**
   * Writes a draft into its home.
   * @param command the interaction that asks.
   * @throws {Refusal} `draft-gone`; `broken-sheet` for what is missing.
   */
  confirm(id: string, person: EntityId, command: string): EntityId {
    const { homes, store, newId, hashOf } = this.#needs;
    const { home, character, sheet, picture, card } = this.draft(id, person);
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
    homes.execute({ home, id: command, actor: person, decide, rows });
    store.drafts.remove(id);
    return written;
  }

  /** @throws {Refusal} `unknown-character`. */
  retire(home: HomeId, character: EntityId, actor: EntityId, command: string): void {
    const decide = (state: Parameters<typeof retireCharacter>[1]) =>
      retireCharacter({ character }, state);
    this.#needs.homes.execute({ home, id: command, actor, decide });
  }

  /** A character as a card's file. @throws {Refusal} `unknown-character`. */
  exportCard(home: HomeId, character: EntityId, form: CardForm): Uint8Array {
    const { store, cards } = this.#needs;
    const { sheet } = this.character(home, character);
    const bytesOf = (hash: string | null) => (hash === null ? null : store.asset(hash));
    const origin = bytesOf(sheet.card)?.bytes ?? null;
    return cards.write(form, sheet, origin, bytesOf(sheet.avatar)?.bytes ?? null);
  }

  #put(id: string, content: Draft): Draft {
    this.#needs.store.drafts.put(id, content, this.#needs.clock.now());
    return content;
  }
}

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
