import type { Lorebook } from '../../engine/lore/lorebook.ts';
import type { Sheet } from '../../engine/sheet.ts';

/** What a character card's file can be. */
export type CardForm = 'json' | 'png' | 'charx';

/** A card as it was read out of a file; nothing of it is stored. */
export interface ReadCard {
  readonly form: CardForm;
  /** 1 to 3, of the specification that it follows. */
  readonly version: number;
  /** With neither picture nor file yet: those are named once they are kept. */
  readonly sheet: Sheet;
  readonly picture: { readonly type: string; readonly bytes: Uint8Array } | null;
  readonly creatorNotes: string;
  readonly creator: string;
  /** What is kept and has no effect, by its path in the card. */
  readonly notes: readonly { readonly path: string; readonly why: string }[];
  /** What was too long and is cut, in characters. */
  readonly cuts: readonly {
    readonly field: string;
    readonly had: number;
    readonly limit: number;
  }[];
}

/** Character cards as files, to the app. */
export interface Cards {
  /** @throws {Refusal} `broken-card` with the `problem` for a file that cannot be taken. */
  read(bytes: Uint8Array): ReadCard;
  /** @param origin the file that the character came from; null for one that was written here. */
  write(
    form: CardForm,
    sheet: Sheet,
    origin: Uint8Array | null,
    picture: Uint8Array | null,
  ): Uint8Array;
  /**
   * The book in a lorebook's file, or in a card, and how much of it was not understood.
   * @throws {Refusal} `broken-book`.
   */
  readBook(bytes: Uint8Array): { readonly book: Lorebook; readonly notes: number };
  writeBook(book: Lorebook): Uint8Array;
}
