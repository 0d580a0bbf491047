import type { Cards } from '../app/ports/cards.ts';
import { Refusal } from '../engine/refusal.ts';
import { CardError } from './cardError.ts';
import { type CardFile, readCardFile, writeCardFile } from './cardFile.ts';
import { cardFromSheet, sheetFromCard } from './cardSheet.ts';
import { isObject, type JsonObject, parseJsonObject } from './json.ts';
import { readLorebook, writeLorebook } from './lorebookJson.ts';

const nothingKept = { card: null, avatar: null };

/** Character cards, as the app takes them. */
export const cards: Cards = {
  read: (bytes) => {
    try {
      const { form, card, picture } = readCardFile(bytes);
      const { sheet, cuts } = sheetFromCard(card, nothingKept);
      const { creatorNotes, creator } = card.fields;
      const { version, notes } = card;
      return { form, version, sheet, picture, creatorNotes, creator, notes, cuts };
    } catch (error) {
      if (!(error instanceof CardError)) throw error;
      throw new Refusal('broken-card', { problem: error.problem });
    }
  },
  write: (form, sheet, origin, picture) => {
    const file = origin === null ? null : opened(origin);
    const json = cardFromSheet(sheet, file?.card ?? null);
    // A file of another form gives its card; its picture is the character's own.
    return writeCardFile(form, json, file?.form === form ? origin : picture);
  },
  readBook: (bytes) => {
    const { book, notes } = readLorebook(bookIn(bytes));
    if (book === null) throw new Refusal('broken-book');
    return { book, notes: notes.length };
  },
  writeBook: (book) =>
    new TextEncoder().encode(
      JSON.stringify({ spec: 'lorebook_v3', data: writeLorebook(book) }, null, 2),
    ),
};

function opened(bytes: Uint8Array): CardFile | null {
  try {
    return readCardFile(bytes);
  } catch {
    return null;
  }
}

/** The book in a file: by itself, or in a card of any form. @throws {Refusal} `broken-book`. */
function bookIn(bytes: Uint8Array): JsonObject {
  const json = opened(bytes)?.card.json ?? parsed(bytes);
  const data = isObject(json.data) ? json.data : json;
  return isObject(data.character_book) ? data.character_book : json;
}

function parsed(bytes: Uint8Array): JsonObject {
  try {
    return parseJsonObject(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    throw new Refusal('broken-book');
  }
}
