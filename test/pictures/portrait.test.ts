import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { portrait } from '../../src/pictures/portrait.ts';

const wenna = readFileSync(new URL('../../config/characters/wenna-tarrant.png', import.meta.url));
const sizeOf = (png: Uint8Array) => {
  const head = Buffer.from(png);
  return [head.readUInt32BE(16), head.readUInt32BE(20)];
};

describe('a portrait', () => {
  test('is a square PNG, drawn anew: what else the file held is gone', async () => {
    const secret = Buffer.from('where it was taken');
    const drawn = await portrait(Buffer.concat([wenna, secret]));
    if (drawn === null) throw new Error('nothing was drawn');
    expect(sizeOf(drawn)).toEqual([256, 256]);
    expect(Buffer.from(drawn).includes(secret)).toBe(false);
    // Discord's limit on where it is hosted.
    expect(drawn.length).toBeLessThan(256 * 1_024);
    // It shows something.
    expect(drawn.length).toBeGreaterThan(5_000);
  });

  test('is not made of anything else', async () => {
    const bomb = Buffer.from(wenna);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const files = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('hello'),
      Buffer.alloc(0),
      wenna.subarray(0, 200),
      bomb,
    ];
    expect(await Promise.all(files.map(portrait))).toEqual([null, null, null, null, null]);
  });
});
