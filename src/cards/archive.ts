import { strFromU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { CardError } from './cardError.ts';

export type Archive = Readonly<Record<string, Uint8Array>>;

const MOST_FILES = 500;
const MOST_BYTES = 64_000_000;
/** Beyond that a file says more than it can hold: what is called a zip bomb. */
const MOST_RATIO = 200;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/**
 * The files of a CharX archive, by path.
 * @throws {CardError} `too-large`, `broken-archive`.
 */
export function readArchive(bytes: Uint8Array): Archive {
  let files = 0;
  let total = 0;
  let tooLarge = false;
  let read: Archive;
  try {
    read = unzipSync(bytes, {
      // Asked before a file is inflated; it is inflated into as many bytes as it says, and no more.
      filter: ({ originalSize, size }) => {
        files += 1;
        total += originalSize;
        const ratio = originalSize / Math.max(1, size);
        tooLarge ||= files > MOST_FILES || total > MOST_BYTES;
        tooLarge ||= originalSize > 1_000_000 && ratio > MOST_RATIO;
        return !tooLarge;
      },
    });
  } catch (cause) {
    throw new CardError('broken-archive', { cause });
  }
  if (tooLarge) throw new CardError('too-large');
  return read;
}

export const writeArchive = (files: Archive): Uint8Array => zipSync(files as Zippable);

export const utf8 = (bytes: Uint8Array): string => strFromU8(bytes);
