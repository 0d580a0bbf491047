import type { APIEmbed } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadReceipt } from '../../src/app/readReceipt.ts';
import { nextCard, whyCard } from '../../src/discord/embeds/receiptCard.ts';
import { texts } from '../../src/discord/texts.ts';

const sections = Object.keys(texts.drawerUi.receipt.sections);
const parts = Object.keys(texts.drawerUi.receipt.parts);
const text = fc.string({ unit: 'binary', maxLength: 3_000 });
const read: fc.Arbitrary<ReadReceipt> = fc.record({
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  receipt: fc.record({
    tokens: fc.nat(200_000),
    budget: fc.record({ soft: fc.nat(200_000), hard: fc.nat(200_000) }),
    sections: fc.array(
      fc.record({
        name: fc.constantFrom(...sections),
        tokens: fc.integer({ min: 1, max: 200_000 }),
        items: fc.nat(40),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    trimmed: fc.array(
      fc.record({
        name: fc.constantFrom(...parts),
        items: fc.nat(10_000),
        why: fc.constantFrom('soft-budget' as const, 'hard-budget' as const),
      }),
      { maxLength: 11 },
    ),
    memories: fc.constant([]),
  }),
  memories: fc.array(
    fc.record({
      pinned: fc.boolean(),
      included: fc.boolean(),
      score: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
      why: fc.subarray(['words', 'beside', 'date', 'figure', 'significance', 'meaning'] as const),
      text: fc.option(text),
      from: fc.option(fc.record({ name: fc.option(text) })),
    }),
    { maxLength: 14 },
  ),
});

const lengthOf = ({ title = '', description = '', fields = [], footer }: APIEmbed): number =>
  [title, description, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])]
    .map(({ length }) => length)
    .reduce((a, b) => a + b);

describe('the card that says what a reply was made from', () => {
  test('stays within Discord’s limits, whatever the prompt held', () => {
    fc.assert(
      fc.property(read, (receipt) => {
        for (const card of [whyCard(receipt, texts), nextCard(receipt, texts)]) {
          expect(lengthOf(card)).toBeLessThanOrEqual(6_000);
          expect(card.title?.length).toBeLessThanOrEqual(256);
          for (const { value } of card.fields ?? []) {
            expect(value.length).toBeGreaterThan(0);
            expect(value.length).toBeLessThanOrEqual(1_024);
          }
        }
      }),
    );
  });

  test('shows no word of a memory that its reader did not witness', () => {
    const secret = { pinned: false, included: true, score: 1, why: [], text: null, from: null };
    const receipt = {
      tokens: 10,
      budget: { soft: 20, hard: 30 },
      sections: [{ name: 'memories', tokens: 10, items: 1 }],
      trimmed: [{ name: 'scene summaries', items: 2, why: 'hard-budget' as const }],
      memories: [],
    };
    const card = whyCard({ name: 'Wenna', receipt, memories: [secret] }, texts);
    expect(card.fields?.map(({ value }) => value)).toEqual([
      '▰▰▰▰▰ **Memories** 10\u00a0·\u00a0100\u00a0%',
      '▰▰▰▰▰ *something that you did not witness*',
      '2 earlier scenes: the rest already took up all of the 30 tokens that the model takes.',
    ]);
  });
});
