import { crc32, inflateSync } from 'node:zlib';
import { CardError } from './cardError.ts';

/** One chunk of a PNG: its four letters and its bytes, as they stood. */
export interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MOST_TEXT = 16_000_000;

export const isPng = (bytes: Uint8Array): boolean =>
  SIGNATURE.every((byte, index) => bytes[index] === byte);

/**
 * The chunks of a PNG, in order, up to and with IEND; what follows is no part of it. Checksums are not
 * asked for: many tools write cards with wrong ones.
 * @throws {CardError} `broken-picture`.
 */
export function readChunks(bytes: Uint8Array): Chunk[] {
  if (!isPng(bytes)) throw new CardError('broken-picture');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    if (type === 'IEND') return chunks;
    at = end + 4;
  }
  throw new CardError('broken-picture');
}

export function writeChunks(chunks: readonly Chunk[]): Uint8Array {
  const parts: Uint8Array[] = [SIGNATURE];
  for (const { type, data } of chunks) {
    const chunk = new Uint8Array(data.length + 12);
    const view = new DataView(chunk.buffer);
    view.setUint32(0, data.length);
    chunk.set(latin(type), 4);
    chunk.set(data, 8);
    view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** The keyword and text of a text chunk of any of the three kinds; null for another chunk, or a broken one. */
export function textOf({ type, data }: Chunk): { keyword: string; text: Uint8Array } | null {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return null;
  const end = data.indexOf(0);
  if (end < 1) return null;
  const keyword = Buffer.from(data.subarray(0, end)).toString('latin1');
  try {
    if (type === 'tEXt') return { keyword, text: data.subarray(end + 1) };
    if (type === 'zTXt') return { keyword, text: inflated(data.subarray(end + 2)) };
    // Flag and method, then a language and a translated keyword, each with a zero at its end.
    const language = data.indexOf(0, end + 3);
    const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (translated < 0) return null;
    const text = data.subarray(translated + 1);
    return { keyword, text: data[end + 1] === 1 ? inflated(text) : text };
  } catch {
    return null;
  }
}

export const textChunk = (keyword: string, text: string): Chunk => ({
  type: 'tEXt',
  data: latin(`${keyword}\0${text}`),
});

const inflated = (bytes: Uint8Array): Uint8Array =>
  inflateSync(bytes, { maxOutputLength: MOST_TEXT });

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
