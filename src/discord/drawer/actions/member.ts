import type { Presence } from '../../../app/worldEdits.ts';
import type { Doing } from '../../../engine/drawer/drawerEdit.ts';
import type { EntityId } from '../../../engine/ids.ts';
import type { Activity } from '../../../engine/world.ts';
import { type Action, defineAction, nameIn } from '../action.ts';
import { memberAt } from '../subject.ts';
import type { DrawerContext } from '../tab.ts';

const aboutMember = <K extends 'activity' | 'place' | 'presence'>(kind: K) => ({
  target: (context: DrawerContext): { kind: K; entity: EntityId } | null => {
    const member = memberAt(context);
    return member === null ? null : { kind, entity: member.entity };
  },
});

/** Things in somebody's hands, and letters of each. */
const MOST_HELD = 10;
const HELD = 100;

export const doing = defineAction({
  code: 'do',
  label: 'doing',
  ...aboutMember('activity'),
  form: (_target, value) => {
    const { posture, action, attention, holding, slot } = value as Omit<
      Activity,
      'place' | 'status'
    >;
    return [
      { id: 'posture', value: posture ?? '' },
      { id: 'action', value: action?.verb ?? '', most: 200 },
      { id: 'attention', value: attention ?? '', most: 200 },
      { id: 'holding', value: holding.join(', '), most: 1_000 },
      { id: 'slot', value: slot ?? '' },
    ];
  },
  edit: ({ entity }, filled, value) => {
    const { action } = value as Pick<Activity, 'action'>;
    const verb = filled.action ?? '';
    const doing: Doing = {
      posture: filled.posture || null,
      action: verb === action?.verb ? action : verb === '' ? null : { ...NEW, verb },
      attention: filled.attention || null,
      holding: (filled.holding ?? '')
        .split(',')
        .map((each) => each.trim().slice(0, HELD))
        .filter(Boolean)
        .slice(0, MOST_HELD),
      slot: filled.slot || null,
    };
    return { kind: 'activity', entity, doing };
  },
  line: ({ entity }, context, lines, user) => lines.doing(user, nameIn(context, entity)),
});

/** What someone begins to do. */
const NEW = { interruptible: true, attentionNeeded: 'some', expectedDuration: null } as const;

export const place = defineAction({
  code: 'pl',
  label: 'place',
  ...aboutMember('place'),
  form: (_target, value, { troupe, where }) => {
    const { places } = troupe.world.storyOf(where.chat);
    return [{ id: 'place', value: places[String(value)]?.name ?? '', required: true }];
  },
  edit: ({ entity }, filled) => ({ kind: 'place', entity, place: filled.place ?? '' }),
  line: ({ entity }, context, lines, user) => lines.place(user, nameIn(context, entity)),
});

const presence = (code: string, how: Exclude<Presence, 'away'>): Action =>
  defineAction({
    code,
    label: how,
    ...aboutMember('presence'),
    edit: ({ entity }) => ({ kind: 'presence', entity, how }),
    line: ({ entity }, context, _lines, user) =>
      context.texts.world.scene.presence[how](user, nameIn(context, entity)),
  }) as unknown as Action;

export const comes = presence('co', 'comes');
export const goes = presence('go', 'goes');
export const sleeps = presence('sl', 'sleeps');
export const wakes = presence('wa', 'wakes');
