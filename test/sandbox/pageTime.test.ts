import { describe, expect, it } from 'vitest';
import { dayName, sameDay, styledTime } from '../../src/sandbox/page/time.js';

const now = new Date(2026, 2, 10, 9, 30);

describe('times on the page', () => {
  it('names the days near to today', () => {
    expect(dayName(new Date(2026, 2, 10, 0, 5), now)).toBe('Today');
    expect(dayName(new Date(2026, 2, 9, 23, 55), now)).toBe('Yesterday');
    expect(dayName(new Date(2026, 2, 1), now)).toContain('2026');
  });

  it('tells days apart by the calendar, not by 24 hours', () => {
    expect(sameDay(new Date(2026, 2, 9, 23, 59), new Date(2026, 2, 10, 0, 1))).toBe(false);
  });

  it('says how long ago or ahead a time is, in the largest unit that fits', () => {
    const at = (seconds: number) => styledTime(now.getTime() / 1000 + seconds, 'R', now.getTime());
    const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
    expect(at(7200)).toBe(format.format(2, 'hour'));
    expect(at(-90)).toBe(format.format(-1, 'minute'));
    expect(at(0)).toBe(format.format(0, 'second'));
  });
});
