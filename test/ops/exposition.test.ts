import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exposition } from '../../src/ops/exposition.ts';
import { healthOf } from '../../src/ops/health.ts';
import { readExposition } from '../support/readExposition.ts';

const read = (exposition: Exposition) => readExposition(exposition.text());

describe('metrics', () => {
  test('are told as Prometheus reads them', () => {
    const exposition = new Exposition();
    exposition.counter('asked_total', 'How often.\nAnd "why": \\n.', ['use']).add({ use: 'a' }, 2);
    exposition.counter('never_total', 'Not yet.');
    exposition.read('warm', 'A gauge.', () => [{ value: 1.5, labels: { where: 'in' } }]);
    const took = exposition.histogram('took_seconds', 'Time.', [0.1, 1], ['stage']);
    for (const value of [0.1, 0.5, 7]) took.observe(value, { stage: 'all' });
    expect(exposition.text()).toBe(
      [
        '# HELP asked_total How often.\\nAnd "why": \\\\n.',
        '# TYPE asked_total counter',
        'asked_total{use="a"} 2',
        '# HELP never_total Not yet.',
        '# TYPE never_total counter',
        'never_total 0',
        '# HELP warm A gauge.',
        '# TYPE warm gauge',
        'warm{where="in"} 1.5',
        '# HELP took_seconds Time.',
        '# TYPE took_seconds histogram',
        'took_seconds_bucket{stage="all",le="0.1"} 1',
        'took_seconds_bucket{stage="all",le="1"} 2',
        'took_seconds_bucket{stage="all",le="+Inf"} 3',
        'took_seconds_sum{stage="all"} 7.6',
        'took_seconds_count{stage="all"} 3',
        '',
      ].join('\n'),
    );
  });

  test('are read back as they were told, whatever labels and numbers they have', () => {
    const number = fc.oneof(fc.double({ noDefaultInfinity: false }), fc.integer());
    const samples = fc.uniqueArray(
      fc.record({ of: fc.string({ unit: 'binary' }), value: number }),
      {
        selector: ({ of }) => of,
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(samples, (told) => {
        const exposition = new Exposition();
        const labelled = told.map(({ of, value }) => ({ value, labels: { of } }));
        exposition.read('value', 'Any.', () => labelled);
        const found = read(exposition).map(({ labels, value }) => ({ of: labels.of, value }));
        expect(found).toEqual(told.map(({ of, value }) => ({ of, value: value + 0 })));
      }),
    );
  });

  test('with names that Prometheus refuses, or labels that were not named, are mistakes', () => {
    const exposition = new Exposition();
    const counted = exposition.counter('a_total', 'A.', ['use']);
    expect(() => exposition.counter('a_total', 'Again.')).toThrow(/two metrics/);
    expect(() => exposition.counter('a-total', 'A.')).toThrow(/no name of a metric/);
    expect(() => exposition.counter('b_total', 'B.', ['__b'])).toThrow(/no name of a label/);
    expect(() => counted.add()).toThrow(/has the labels use/);
    expect(() => counted.add({ use: 'a', who: 'b' })).toThrow(/has the labels use/);
    expect(() => counted.add({ use: 'a' }, -1)).toThrow(/counts up only/);
  });

  test('do not grow without end, whatever a label holds', () => {
    const exposition = new Exposition();
    const counted = exposition.counter('a_total', 'A.', ['use']);
    for (let each = 0; each < 5_000; each += 1) counted.add({ use: `${each}` });
    expect(read(exposition)).toHaveLength(1_000);
  });
});

test('what cannot be looked at is not well, and one part that is not well is enough', () => {
  const well = { name: 'discord', isWell: () => true };
  const broken = {
    name: 'database',
    isWell: () => {
      throw new Error('closed');
    },
  };
  expect(healthOf([well]).isWell).toBe(true);
  expect(healthOf([broken, well])).toEqual({
    isWell: false,
    parts: { database: 'not well', discord: 'well' },
  });
});
