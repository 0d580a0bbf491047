import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ground, mayDo, rightKey, rights, type Standing } from '../../src/engine/rights.ts';

const ANN = 'user:1';
const someone = (more: Partial<Standing> = {}): Standing => ({
  person: 'user:2',
  managesChannels: false,
  managesServer: false,
  roles: ['9'],
  ...more,
});
const ground = (settings: Ground['settings'] = {}): Ground => ({ owner: ANN, settings });
const held = (by: Standing, where = ground()) => rights.filter((right) => mayDo(right, by, where));

describe('rights', () => {
  test('by default everyone plays, owners and channel managers move, server managers configure', () => {
    const everyone = ['speak', 'start', 'regenerate', 'branch', 'author-characters'];
    expect(held(someone())).toEqual(everyone);
    const owner = ['speak', 'start', 'regenerate', 'branch', 'rewind', 'reset', 'edit-state'];
    expect(held(someone({ person: ANN }))).toEqual([...owner, 'author-characters']);
    expect(held(someone({ managesChannels: true }))).toEqual([...owner, 'author-characters']);
    expect(held(someone({ managesServer: true }))).toEqual(rights);
  });

  test('what is given to a role is had by that role, in addition to those who had it', () => {
    const settings = { [rightKey('rewind')]: '7 8' };
    expect(mayDo('rewind', someone({ roles: ['8'] }), ground(settings))).toBe(true);
    expect(mayDo('rewind', someone(), ground(settings))).toBe(false);
    expect(mayDo('rewind', someone({ person: ANN }), ground(settings))).toBe(true);
    expect(mayDo('reset', someone({ roles: ['8'] }), ground(settings))).toBe(false);
  });

  test("what was everyone's is only theirs to whom it is given", () => {
    const settings = { [rightKey('speak')]: '7' };
    expect(mayDo('speak', someone({ roles: ['7'] }), ground(settings))).toBe(true);
    expect(mayDo('speak', someone(), ground(settings))).toBe(false);
    expect(mayDo('speak', someone({ managesChannels: true }), ground(settings))).toBe(true);
  });

  test('giving a right to more roles, or rights to more power, never takes anything away', () => {
    const flag = fc.boolean();
    const roles = fc.subarray(['7', '8', '9']);
    const right = fc.constantFrom(...rights);
    fc.assert(
      fc.property(flag, flag, roles, roles, right, (channels, server, own, given, asked) => {
        const by = someone({ managesChannels: channels, managesServer: server, roles: own });
        const settings = given.length === 0 ? {} : { [rightKey(asked)]: given.join(' ') };
        const may = mayDo(asked, by, ground(settings));
        if (server) expect(may).toBe(true);
        const more = { [rightKey(asked)]: ['6', ...given].join(' ') };
        if (may && given.length > 0) expect(mayDo(asked, by, ground(more))).toBe(true);
        if (may) expect(mayDo(asked, { ...by, managesServer: true }, ground(settings))).toBe(true);
      }),
    );
  });
});
