import { describe, expect, it } from 'vitest';
import { characterIn, entityOf } from '../../src/discord/entityOf.ts';
import type { StoryState } from '../../src/engine/state/story.ts';

const member = (entity: string, name: string, sheet: object | null) => ({ entity, name, sheet });
const cast = (...members: ReturnType<typeof member>[]) =>
  ({
    cast: Object.fromEntries(members.map((each) => [each.entity, each])),
  }) as unknown as StoryState;
const wenna = member('character:wenna', 'Wenna Tarrant', {});
const jory = member('character:jory', 'Jory Salmin', {});
const ann = member('user:1', 'Jo', null);

describe('whom somebody means', () => {
  it.each([
    ['character:jory', 'character:jory'],
    ['wenna tarrant', 'character:wenna'],
    ['Wen', 'character:wenna'],
    ['Jory', 'character:jory'],
    ['jo', 'user:1'],
  ])('%s is %s', (typed, found) => {
    expect(entityOf(cast(wenna, jory, ann), typed)).toBe(found);
  });

  it.each(['', 'J', 'Tarrant of the bridge'])('"%s" could be nobody, or several', (typed) => {
    expect(() => entityOf(cast(wenna, jory, ann), typed)).toThrow('unknown-entity');
  });

  it('the only character where nobody is named; of several, all are named', () => {
    expect(characterIn(cast(wenna, ann), null)).toBe('character:wenna');
    expect(() => characterIn(cast(wenna, jory, ann), null)).toThrow(
      expect.objectContaining({ details: { names: 'Wenna Tarrant, Jory Salmin' } }),
    );
  });
});
