import type { Cards } from '../app/cardPort.ts';
import { Refusal } from '../engine/refusal.ts';
import { CardError } from './cardError.ts';
import { type CardFile, readCardFile, writeCardFile } from './cardFile.ts';
import { cardFromSheet, sheetFromCard } from './cardSheet.ts';

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
};

function opened(bytes: Uint8Array): CardFile | null {
  try {
    return readCardFile(bytes);
  } catch {
    return null;
  }
}
