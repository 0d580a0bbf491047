import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relationshipPicture } from '../../src/pictures/relationshipPicture.ts';
import { renderPng } from '../../src/pictures/renderPng.ts';

const words = {
  title: 'Wenna Tarrant to Ada',
  affinity: 'Affinity',
  trust: 'Trust',
  time: (minutes: number) => `${minutes} min`,
};
const point = fc.record({
  minutes: fc.nat(100_000),
  affinity: fc.nat(100),
  trust: fc.nat(100),
});

describe('the picture of a relationship', () => {
  test('is a PNG of 800 by 480, and another one for another story', async () => {
    const draw = (affinity: number) =>
      relationshipPicture({ points: [{ minutes: 0, affinity, trust: 50 }], scenes: [] }, words);
    const [cool, warm] = await Promise.all([renderPng(draw(20)), renderPng(draw(80))]);
    const head = Buffer.from(cool.subarray(0, 24));
    expect(head.subarray(1, 4).toString()).toBe('PNG');
    expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([800, 480]);
    expect(Buffer.from(cool).equals(Buffer.from(warm))).toBe(false);
  });

  test('holds no sign that would be an empty box', () => {
    const point = { minutes: 0, affinity: 50, trust: 50 };
    const scenes = [{ minutes: 0, name: '🏳️‍🌈 The loft 👩‍👩‍👧' }];
    const svg = relationshipPicture(
      { points: [point], scenes },
      { ...words, title: '小明 to Ada' },
    );
    expect(svg).toContain('>The loft<');
    expect(svg).not.toMatch(/\p{Extended_Pictographic}|小/u);
    const title = '🦊 שלמה to Zoë';
    expect(relationshipPicture({ points: [], scenes: [] }, { ...words, title })).toContain(
      '>שלמה to Zoë<',
    );
  });

  test('can be drawn for any history and any names, and stays within its frame', async () => {
    const history = fc.record({
      points: fc.array(point, { maxLength: 50 }),
      scenes: fc.array(
        fc.record({ minutes: fc.nat(100_000), name: fc.string({ unit: 'binary' }) }),
        {
          maxLength: 12,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(history, fc.string({ unit: 'binary' }), async (drawn, title) => {
        const svg = relationshipPicture(drawn, { ...words, title });
        for (const [, x] of svg.matchAll(/ x\d?="([^"]*)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(800);
        }
        expect((await renderPng(svg)).length).toBeGreaterThan(1_000);
      }),
      { numRuns: 20 },
    );
  });
});
