import { renderPng } from './renderPng.ts';

/** Sides of a portrait in pixels: Discord shows avatars at 128 at most, in a card somewhat larger. */
const SIDE = 256;
const MOST_BYTES = 25_000_000;
/** Width times height beyond which a picture is a bomb and not a face. */
const MOST_PIXELS = 40_000_000;

/**
 * A picture of anyone's as a square portrait: drawn anew, so that nothing but its pixels is kept. What
 * is higher than wide loses its foot, since faces are at the top.
 *
 * @returns PNG; null for what is no PNG, JPEG, GIF or WebP, or is too large.
 */
export async function portrait(bytes: Uint8Array): Promise<Uint8Array | null> {
  const type = typeOf(bytes);
  if (type === null || bytes.length > MOST_BYTES || isBomb(bytes)) return null;
  const data = Buffer.from(bytes).toString('base64');
  const image = `<image href="data:${type};base64,${data}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="xMidYMin slice"/>`;
  try {
    const drawn = await draw(image);
    // What cannot be decoded is left out of the drawing.
    return Buffer.from(await draw('')).equals(drawn) ? null : drawn;
  } catch {
    return null;
  }
}

const draw = (content: string): Promise<Uint8Array> =>
  renderPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${content}</svg>`,
  );

function typeOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}

/** Asked before anything is decoded, of what says its size at its head; the others are bound by their bytes. */
function isBomb(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24) return true;
  if (view.getUint8(0) === 0x89) return view.getUint32(16) * view.getUint32(20) > MOST_PIXELS;
  if (view.getUint8(0) === 0x47) {
    return view.getUint16(6, true) * view.getUint16(8, true) > MOST_PIXELS;
  }
  return jpegPixels(view) > MOST_PIXELS;
}

/** Width times height by a JPEG's frame header; 0 where there is none. */
function jpegPixels(view: DataView): number {
  for (let at = 2; view.getUint8(0) === 0xff && at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return 0;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + view.getUint16(at + 2);
  }
  return 0;
}
