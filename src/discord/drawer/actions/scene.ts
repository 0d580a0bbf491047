import { Refusal } from '../../../engine/refusal.ts';
import type { StoryClock } from '../../../engine/state/story.ts';
import { defineAction, numberIn, weights } from '../action.ts';
import type { DrawerContext } from '../tab.ts';

const DAY = 1_440;
const HOUR = 60;

/** Lets time pass, and says what the days are counted from. */
export const time = defineAction({
  code: 'ti',
  label: 'time',
  target: (context) => (hasBegun(context) ? { kind: 'clock' as const } : null),
  form: (_target, value) => [
    { id: 'days', value: '', most: 6 },
    { id: 'hours', value: '', most: 6 },
    { id: 'minutes', value: '', most: 6 },
    { id: 'anchor', value: (value as StoryClock).anchor ?? '', most: 200 },
  ],
  edit: (_target, filled, value) => {
    const passes =
      numberIn(filled, 'days', 0) * DAY +
      numberIn(filled, 'hours', 0) * HOUR +
      numberIn(filled, 'minutes', 0);
    const before = (value as StoryClock).anchor ?? '';
    const anchor = filled.anchor === before ? null : filled.anchor || null;
    if (passes === 0 && anchor === null) throw new Refusal('already-so');
    return { kind: 'clock', minutes: passes, anchor };
  },
  line: (_target, _context, lines, user) => lines.time(user),
});

export const weather = defineAction({
  code: 'we',
  label: 'weather',
  target: (context) => (hasBegun(context) ? { kind: 'weather' as const } : null),
  form: (_target, value) => [{ id: 'weather', value: (value as string | null) ?? '', most: 200 }],
  edit: (_target, filled) => ({ kind: 'weather', weather: filled.weather || null }),
  line: (_target, _context, lines, user) => lines.weather(user),
});

/** What was reset begins with its opening, and with nothing before it. */
const hasBegun = ({ troupe, where }: DrawerContext): boolean =>
  Object.keys(troupe.world.storyOf(where.chat).cast).length > 0;

const isOpen = ({ troupe, where }: DrawerContext): boolean =>
  troupe.world.storyOf(where.chat).scene !== null;

export const openScene = defineAction({
  code: 'op',
  label: 'openScene',
  target: (context) => (hasBegun(context) && !isOpen(context) ? { kind: 'scene' as const } : null),
  form: (_target, _value, { troupe, where }) => {
    const { places, at } = troupe.world.storyOf(where.chat);
    return [
      { id: 'place', value: places[at ?? '']?.name ?? '', most: 100, required: true },
      { id: 'time', value: '', most: 100 },
      { id: 'opening', value: '', most: 2_000 },
    ];
  },
  edit: (_target, { place = '', time = '', opening = '' }) => ({
    kind: 'scene',
    open: { place, time, opening },
  }),
  line: (_target, _context, lines, user) => lines.openScene(user),
});

export const closeScene = defineAction({
  code: 'cl',
  label: 'closeScene',
  target: (context) => (isOpen(context) ? { kind: 'scene' as const } : null),
  form: (_target, _value, context) => [{ id: 'significance', value: '1', picks: weights(context) }],
  edit: (_target, filled) => ({
    kind: 'scene',
    close: { significance: numberIn(filled, 'significance', 1) },
  }),
  line: (_target, _context, lines, user) => lines.closeScene(user),
});
