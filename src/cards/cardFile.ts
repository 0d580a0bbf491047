import { type Archive, isZip, readArchive, utf8, writeArchive } from './archive.ts';
import { type Card, readCard } from './card.ts';
import { CardError } from './cardError.ts';
import { isObject, type JsonObject, parseJsonObject } from './json.ts';
import { type Chunk, isPng, readChunks, textChunk, textOf, writeChunks } from './png.ts';

/** A character card as a file. */
export interface CardFile {
  readonly form: 'json' | 'png' | 'charx';
  readonly card: Card;
  readonly picture: { readonly type: string; readonly bytes: Uint8Array } | null;
}

/** Bytes that a file may have. */
export const MOST_FILE_BYTES = 25_000_000;
/** The chunks of a PNG that hold a card, the newest specification first. */
const KEYWORDS = ['ccv3', 'chara'] as const;
const CARD_PATH = 'card.json';

/**
 * Reads a card out of a file: JSON, a PNG with a card in it, or a CharX archive, told apart by what is
 * in it and not by its name.
 * @throws {CardError}
 */
export function readCardFile(bytes: Uint8Array): CardFile {
  if (bytes.length > MOST_FILE_BYTES) throw new CardError('too-large');
  if (isPng(bytes)) return { ...fromPng(bytes), picture: { type: 'image/png', bytes } };
  if (isZip(bytes)) return fromArchive(readArchive(bytes));
  const card = cardOf(parseJsonObject(utf8(bytes)));
  return { form: 'json', card, picture: null };
}

/**
 * Writes a card's JSON back into the file that it came from: everything else in that file stays.
 * @param original null for a card that never was a file of that form.
 */
export function writeCardFile(
  form: CardFile['form'],
  json: JsonObject,
  original: Uint8Array | null,
): Uint8Array {
  const text = JSON.stringify(json);
  if (form === 'json') return new TextEncoder().encode(text);
  if (form === 'png') return intoPng(text, readCard(json)?.version ?? 3, original);
  const files = original !== null && isZip(original) ? readArchive(original) : {};
  return writeArchive({ ...files, [CARD_PATH]: new TextEncoder().encode(text) });
}

function fromPng(bytes: Uint8Array): Pick<CardFile, 'form' | 'card'> {
  const texts = readChunks(bytes).flatMap((chunk) => textOf(chunk) ?? []);
  let broken: unknown = null;
  for (const keyword of KEYWORDS) {
    for (const { text } of texts.filter((each) => each.keyword.toLowerCase() === keyword)) {
      try {
        return { form: 'png', card: cardOf(parseJsonObject(decoded(text))) };
      } catch (error) {
        // The other chunk may hold what this one does not.
        broken ??= error;
      }
    }
  }
  throw broken ?? new CardError('no-card-in-picture');
}

/** Base64 of JSON, as the specifications say; some programs write the JSON itself. */
function decoded(text: Uint8Array): string {
  const plain = Buffer.from(text).toString('utf8').trim();
  return plain.startsWith('{') ? plain : Buffer.from(plain, 'base64').toString('utf8');
}

function intoPng(text: string, version: Card['version'], original: Uint8Array | null): Uint8Array {
  const chunks = original !== null && isPng(original) ? readChunks(original) : blankPng();
  const kept = chunks.filter((chunk) => {
    const keyword = textOf(chunk)?.keyword.toLowerCase();
    return !KEYWORDS.some((each) => each === keyword);
  });
  const coded = Buffer.from(text, 'utf8').toString('base64');
  const card = textChunk(version === 3 ? 'ccv3' : 'chara', coded);
  return writeChunks([...kept.slice(0, -1), card, ...kept.slice(-1)]);
}

function fromArchive(files: Archive): CardFile {
  const file = files[CARD_PATH];
  if (file === undefined) throw new CardError('no-card-in-archive');
  const card = cardOf(parseJsonObject(utf8(file)));
  return { form: 'charx', card, picture: iconOf(card, files) };
}

/** The card's main icon, where it is a PNG within the archive. */
function iconOf({ json }: Card, files: Archive): CardFile['picture'] {
  const data = isObject(json.data) ? json.data : {};
  const assets = Array.isArray(data.assets) ? data.assets : [];
  const icons = assets.filter(isObject).filter((each) => each.type === 'icon');
  const main = icons.find((each) => each.name === 'main') ?? icons[0];
  const path = /^embeded:\/\/(?<path>.+)$/.exec(String(main?.uri ?? ''))?.groups?.path;
  const bytes = path === undefined ? undefined : files[path];
  return bytes !== undefined && isPng(bytes) ? { type: 'image/png', bytes } : null;
}

function cardOf(json: JsonObject): Card {
  const card = readCard(json);
  if (card === null) throw new CardError('not-a-card');
  if (card.fields.name.trim() === '') throw new CardError('no-name');
  return card;
}

/** One transparent pixel, for a card without a picture. */
const BLANK =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
const blankPng = (): Chunk[] => readChunks(Buffer.from(BLANK, 'base64'));
