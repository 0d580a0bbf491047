import { describe, expect, test } from 'vitest';
import type { NotedFailure } from '../../src/app/classifier.ts';
import type { ReportDetails } from '../../src/app/status.ts';
import { failureText, statusCard } from '../../src/discord/embeds/statusCard.ts';
import { textsFor } from '../../src/discord/texts.ts';

const failure = (id: number): NotedFailure => ({
  id,
  kind: 'scene-summary',
  chat: 'c',
  node: null,
  model: `a-model-with-a-long-name-${'x'.repeat(90)}`,
  problem: 'untidy',
  parts: [],
  raw: '`'.repeat(2_000),
  attempts: 2,
  at: 1_795_000_000_000,
});
const details: ReportDetails = {
  version: '1.2.3',
  since: 1_795_000_000_000,
  model: 'large',
  classifier: 'small',
  owed: [{ kind: 'digest', count: 3 }],
  givenUp: [],
  reasons: [],
  backup: { at: 1_795_000_000_000, bytes: 12_340_000 },
  backupFailed: null,
  failures: [],
};
const cardOf = (more: Partial<ReportDetails>, locale: string) => {
  const report = { isWell: true, details: { ...details, ...more } };
  const card = statusCard(report, textsFor(locale), 1_795_000_000_000);
  if (!('embeds' in card)) throw new Error('there is no card');
  const [embed] = card.embeds ?? [];
  return { ...card, title: embed?.title, fields: embed?.fields ?? [] };
};

describe.each(['en', 'ru'])('in %s', (locale) => {
  const words = textsFor(locale).status;

  test('a backup that failed is not well, and is said beside the newest that there is', () => {
    const fine = cardOf({}, locale);
    expect(fine.title).toBe(words.title.well);
    const failed = cardOf({ backupFailed: 1_795_000_500_000 }, locale);
    expect(failed.title).toBe(words.title.notWell);
    const line = failed.fields.find(({ name }) => name === words.backup)?.value;
    expect(line).toMatch(/^<t:1795000000:R>, 12\.3 /);
    expect(line).toContain('<t:1795000500:R>');
  });

  test('however much went wrong, the card and what was said fit', () => {
    const failures = Array.from({ length: 10 }, (_, id) => failure(id));
    const reasons = Array(3).fill('reason '.repeat(200));
    const givenUp = [{ kind: 'digest' as const, count: 1_000 }];
    const card = cardOf({ failures, reasons, givenUp }, locale);
    for (const { value } of card.fields) {
      expect(value.length).toBeGreaterThan(0);
      expect(value.length).toBeLessThanOrEqual(1_024);
    }
    expect(JSON.stringify(card.fields).length).toBeLessThan(6_000);
    const said = failureText(failure(1), textsFor(locale)).description ?? '';
    expect(said.length).toBeLessThanOrEqual(4_096);
    expect(said.match(/```/g)).toHaveLength(2);
  });
});
