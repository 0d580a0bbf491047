import type { DrawerEdit } from '../../src/app/drawerEdits.ts';
import type { Troupe } from '../../src/app/troupe.ts';
import { markOf } from '../../src/engine/drawer/mark.ts';
import type { Standing } from '../../src/engine/rights.ts';
import { WENNA } from './playhouse.ts';

/** Something that is changed in the drawer, and what somebody else does about the same meanwhile. */
export interface Deed {
  readonly tab: string;
  /** What is picked one after the other to come to it. */
  readonly picks?: readonly string[];
  readonly full?: true;
  /** What is filled into its form. */
  readonly fill?: Record<string, string>;
  /** Brings about what it needs. */
  readonly given?: () => Promise<unknown>;
  readonly meanwhile: () => Promise<unknown>;
  /** Takes away what it is about, where that can be done by itself. */
  readonly gone?: () => Promise<unknown>;
}

/** Too much to write twice. */
export const LONG = 'A line that nobody wants to write twice.';

const who = WENNA.character;

/**
 * Every action of the drawer by its code. The story gets a memory, something known and the account of a
 * scene; what is done about them is done by whoever `by` is.
 * @param person has witnessed all of that
 */
export async function deedsIn(troupe: Troupe, chat: string, by: Standing, person: string) {
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const once = () => `meanwhile ${next()}`;
  const asked = () => ({ command: once(), by });
  const story = () => troupe.world.storyOf(chat);
  const change = (edit: DrawerEdit) => {
    const drawn = markOf(troupe.drawerEdits.value(chat, edit, { by }));
    return troupe.drawerEdits.change(chat, edit, drawn, asked());
  };
  const scene = (open: boolean) =>
    open
      ? change({ kind: 'scene', open: { place: 'The loft', time: '', opening: '' } })
      : change({ kind: 'scene', close: { significance: 1 } });
  const first = story().scene?.id ?? '';
  await scene(false);
  await change({ kind: 'scene-summary', owner: who, scene: first, text: 'He paid.' });
  await scene(true);
  const known = { kind: 'fact', from: who, to: person, fact: markOf('Fears dogs') } as const;
  const his = () => ({ command: once(), by: { ...by, person } });
  const fact = { from: who, to: person, changes: { learned: ['Fears dogs'] } };
  await troupe.world.edit(chat, his(), () => [{ type: 'RelationshipSet', payload: fact }]);
  const told = { owner: who, text: 'The toll was paid in salt.', significance: 1 };
  const { node } = await troupe.world.remember(chat, told, his());
  const memory = { kind: 'memory', memory: { node, owner: who } } as const;

  const presence = (how: 'comes' | 'goes' | 'sleeps' | 'wakes') =>
    change({ kind: 'presence', entity: who, how });
  const atMember = { tab: 'cast', picks: ['Wenna'] };
  const atMemory = {
    ...{ tab: 'memories', picks: ['The toll was paid'] },
    meanwhile: () => change({ ...memory, change: { text: `Not at all, ${once()}.` } }),
    gone: () => change({ ...memory, change: 'forget' }),
  };
  // Nothing has passed from him to her yet.
  const pair = { from: person, to: who };
  const atPair = { tab: 'relationships', picks: ['=Pick any two', 'Bruno', 'Wenna'] };
  const atScore = (score: 'affinity' | 'trust') => ({
    ...atPair,
    meanwhile: () => change({ ...pair, kind: 'score', score, change: { by: 1 } }),
  });
  const atFact = {
    ...{ tab: 'relationships', picks: ['Wenna Tarrant to Bruno', 'Fears dogs'] },
    meanwhile: () => change({ ...known, text: 'Fears geese' }),
    gone: () => change({ ...known, text: null }),
  };
  const setting = (name: 'authorsNote' | 'instructions' | 'sampling', value: () => unknown) => ({
    tab: 'settings',
    meanwhile: () => change({ kind: 'setting', setting: name, value: value() }),
  });
  const answers = () => {
    const { settings } = troupe.drawer.settings(chat, { kind: 'full' });
    return settings.answers === 'round' ? 'everyone' : 'round';
  };
  const deeds: Readonly<Record<string, Deed>> = {
    ti: {
      ...{ tab: 'scene', fill: { days: '1', hours: '', minutes: '', anchor: '' } },
      meanwhile: () => change({ kind: 'clock', minutes: 1, anchor: null }),
    },
    we: {
      ...{ tab: 'scene', fill: { weather: LONG } },
      meanwhile: () => change({ kind: 'weather', weather: once() }),
    },
    op: {
      ...{ tab: 'scene', fill: { place: 'The cellar', time: '', opening: LONG } },
      ...{ given: () => scene(false), meanwhile: () => scene(true) },
    },
    cl: {
      ...{ tab: 'scene', fill: { significance: '2' } },
      meanwhile: () => scene(false),
    },
    do: {
      ...atMember,
      fill: { posture: 'standing', action: LONG, attention: '', holding: '', slot: '' },
      meanwhile: () => change({ kind: 'activity', entity: who, doing: { posture: once() } }),
    },
    pl: {
      ...{ ...atMember, fill: { place: 'The yard' } },
      meanwhile: () => change({ kind: 'place', entity: who, place: once() }),
    },
    co: { ...atMember, given: () => presence('goes'), meanwhile: () => presence('comes') },
    go: { ...atMember, meanwhile: () => presence('goes') },
    sl: { ...atMember, meanwhile: () => presence('sleeps') },
    wa: { ...atMember, given: () => presence('sleeps'), meanwhile: () => presence('wakes') },
    'a-': atScore('affinity'),
    ap: atScore('affinity'),
    ax: { ...atScore('affinity'), fill: { score: '81' } },
    't-': atScore('trust'),
    tp: atScore('trust'),
    tx: { ...atScore('trust'), fill: { score: '12' } },
    rs: {
      ...{ ...atPair, fill: { text: LONG } },
      meanwhile: () => change({ ...pair, kind: 'relationship-summary', text: once() }),
    },
    fn: {
      ...{ ...atPair, fill: { text: 'Likes tea' } },
      // What is added overwrites nothing: only the same once more is late.
      meanwhile: () => change({ ...pair, kind: 'fact', fact: null, text: 'Likes tea' }),
    },
    fc: { ...atFact, fill: { text: LONG } },
    fg: atFact,
    mt: { ...atMemory, fill: { text: LONG } },
    mw: { ...atMemory, fill: { significance: '3' } },
    mp: atMemory,
    mu: { ...atMemory, given: () => change({ ...memory, change: 'pin' }) },
    mf: atMemory,
    ss: {
      ...{ tab: 'soFar', picks: ['Wenna Tarrant: '], full: true, fill: { text: LONG } },
      meanwhile: () =>
        change({ kind: 'scene-summary', owner: who, scene: first, text: `He did, ${once()}.` }),
    },
    sa: {
      ...{ tab: 'settings', fill: { answers: 'talkative' } },
      meanwhile: () => change({ kind: 'setting', setting: 'answers', value: answers() }),
    },
    sn: {
      ...setting('authorsNote', () => ({ text: once(), depth: 4 })),
      fill: { text: LONG, depth: '2' },
    },
    si: { ...setting('instructions', once), fill: { text: LONG } },
    sp: {
      ...setting('sampling', () => ({ maxTokens: next() })),
      fill: { temperature: '0.75', topP: '', maxTokens: '' },
    },
  };
  return deeds;
}
