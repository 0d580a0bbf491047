import { describe, expect, test } from 'vitest';
import { configureHome, MOST_LIMIT } from '../../src/engine/deciders/configureHome.ts';
import { allowancesOf, settingsOf, spentUp } from '../../src/engine/homeSettings.ts';
import { emptyHome, type HomeState } from '../../src/engine/state/home.ts';

const ROLE = '100000000000000011';

describe('a home is set', () => {
  test('by what changes, and not at all by what stands so already', () => {
    const home = { ...emptyHome, settings: { adults: 'nowhere' } };
    const [event] = configureHome({ adults: 'nowhere', personTurns: 20 }, home);
    expect(event).toEqual({ type: 'HomeConfigured', payload: { settings: { personTurns: 20 } } });
    expect(configureHome({ adults: 'nowhere' }, home)).toEqual([]);
  });

  test.each<HomeState['settings']>([
    { personTurns: -1 },
    { homeTokens: 1.5 },
    { homeTokens: MOST_LIMIT + 1 },
    { personTokens: 'many' },
    { adults: 'anywhere' },
    { language: 'tlh' },
    { 'right.speak': 'everyone' },
    { 'right.fly': ROLE },
    { 'shares.character:mira': 'yes' },
    { 'shares.user:1': true },
    { colour: 'red' },
  ])('never to what makes no sense: %o', (settings) => {
    expect(() => configureHome(settings, emptyHome)).toThrow();
  });

  test('by roles that hold a right, or none', () => {
    expect(configureHome({ 'right.speak': `${ROLE} ${ROLE}` }, emptyHome)).toHaveLength(1);
    expect(configureHome({ 'right.speak': '' }, emptyHome)).toHaveLength(1);
  });

  test('to nothing unusual at first, whatever an old event left there', () => {
    expect(settingsOf({ personTurns: 'x', adults: 3 })).toEqual({
      personTurns: 0,
      personTokens: 0,
      homeTurns: 0,
      homeTokens: 0,
      adults: 'age-restricted',
      language: 'discord',
    });
  });
});

test.each([
  [{}, false],
  [{ personTurns: 6 }, false],
  [{ personTurns: 5 }, true],
  [{ personTokens: 101 }, false],
  [{ personTurns: 9, personTokens: 100 }, true],
])('of 5 messages and 100 tokens, a day with %o is used up: %s', (settings, expected) => {
  const spent = () => ({ turns: 5, tokens: 100 });
  expect(spentUp(allowancesOf(settings).person, spent)).toBe(expected);
});
