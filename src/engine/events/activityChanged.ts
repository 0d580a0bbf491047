import { z } from 'zod';
import { anyGone } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { activity, doingsOf, idle, withoutDoings } from '../world.ts';

/** What someone is doing; what it does not name goes on as it was. */
export const activityChanged = defineEvent({
  type: 'ActivityChanged',
  schema: 1,
  scope: 'either',
  mends: false,
  payload: z.object({
    entity: entityId,
    changes: activity.partial(),
    /** For display. */
    before: activity.nullable(),
  }),
  example: {
    entity: 'character:mira',
    changes: { posture: 'leaning on the bar', holding: ['a ledger'] },
    before: null,
  },
  evolve: (story, { entity, changes }) => {
    const activities = { ...story.activities };
    activities[entity] = { ...(activities[entity] ?? idle), ...changes };
    return { ...story, activities };
  },
  label: ({ entity, changes: { place, status, ...doing } }, names) => {
    const who = names(entity);
    if (Object.keys(doing).length > 0) return `${who} does something else`;
    if (place !== undefined) return `${who} goes somewhere else`;
    return { awake: `${who} wakes`, asleep: `${who} falls asleep`, away: `${who} steps away` }[
      status ?? 'awake'
    ];
  },
  moves: true,
  blank: ({ entity, changes, before }, { said, repeated }) => ({
    entity,
    changes: withoutDoings(changes, said),
    before: before !== null && anyGone(doingsOf(before), repeated) ? null : before,
  }),
});
