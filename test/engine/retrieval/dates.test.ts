import { describe, expect, test } from 'vitest';
import { anchorDate, datesIn, daysFrom } from '../../../src/engine/retrieval/dates.ts';

const span = (year: number | null, month: number | null, day: number | null) => ({
  year,
  month,
  day,
});

describe('dates in words', () => {
  test.each([
    ['on 7 May 2023', span(2023, 5, 7)],
    ['1:56 pm on 8 May, 2023', span(2023, 5, 8)],
    ['May 8th, 2023', span(2023, 5, 8)],
    ['the 3rd of sept.', span(null, 9, 3)],
    ['2023-05-08T13:56:00Z', span(2023, 5, 8)],
    ['2023/05/08', span(2023, 5, 8)],
    ['back in June 2022', span(2022, 6, null)],
    ['in March', span(null, 3, null)],
    ['in 2021', span(2021, null, null)],
  ])('%s', (text, expected) => {
    expect(datesIn(text)).toEqual([expected]);
  });

  test.each(['She may march on.', 'last week', '7 crates', '99-99-99', ''])(
    'there is none in "%s"',
    (text) => {
      expect(datesIn(text)).toEqual([]);
    },
  );

  test('each date of a text is read once', () => {
    expect(datesIn('From 10 July 2022 to 2 August')).toEqual([span(2022, 7, 10), span(null, 8, 2)]);
  });
});

describe('days from a date', () => {
  test('are none within it, negative before and positive after it', () => {
    expect(daysFrom(span(2023, 5, null), Date.UTC(2023, 4, 20))).toBe(0);
    expect(daysFrom(span(2023, 5, 7), Date.UTC(2023, 4, 5))).toBe(-2);
    expect(daysFrom(span(2023, 5, 7), Date.UTC(2023, 4, 9))).toBe(1);
  });

  test('are counted from the nearest year where none is named', () => {
    expect(daysFrom(span(null, 12, 31), Date.UTC(2024, 0, 2))).toBe(1);
    expect(daysFrom(span(null, 1, 2), Date.UTC(2023, 11, 31))).toBe(-2);
  });
});

test('story time has a date where the words of its anchor name a whole one', () => {
  expect(anchorDate('Day 1 = 8 May 2023')).toBe(Date.UTC(2023, 4, 8));
  expect(anchorDate('Day 1 = the first frost')).toBeNull();
  expect(anchorDate(null)).toBeNull();
});
