import type { Doing } from '../engine/drawer/drawerEdit.ts';
import { markOf } from '../engine/drawer/mark.ts';
import { relationshipKey } from '../engine/state/relationships.ts';
import type { StoryState } from '../engine/state/story.ts';
import type { DrawerEdit } from './drawerEdits.ts';
import type { Remembered } from './ports/store.ts';

/** Whether what is asked for stands there already. @param value what an edit compares itself with */
export function isSo(
  edit: DrawerEdit,
  value: unknown,
  { places, relationships }: StoryState,
): boolean {
  const same = (asked: unknown) => markOf(asked) === markOf(value);
  switch (edit.kind) {
    case 'activity':
      return same({ ...(value as Doing), ...edit.doing });
    case 'place':
      return places[String(value)]?.name.toLowerCase() === edit.place.trim().toLowerCase();
    case 'weather':
      return same(edit.weather);
    case 'score': {
      const score = Number(value);
      const asked = 'to' in edit.change ? edit.change.to : score + edit.change.by;
      return Math.min(100, Math.max(0, asked)) === score;
    }
    case 'fact': {
      if (edit.text === null) return false;
      const { facts = [] } = relationships[relationshipKey(edit.from, edit.to)] ?? {};
      return facts.some(({ text }) => text === edit.text);
    }
    case 'relationship-summary':
    case 'scene-summary':
      return same(edit.text);
    case 'memory': {
      const { change } = edit;
      const { text, significance } = (value ?? {}) as Partial<Remembered>;
      if (typeof change === 'string') return false;
      return 'text' in change ? change.text === text : change.significance === significance;
    }
    case 'setting':
      return same(edit.value);
    default:
      return false;
  }
}
