import type { EditTarget } from '../../../engine/drawer/drawerEdit.ts';
import { defineAction, nameIn } from '../action.ts';
import { ownedAt } from '../subject.ts';

export const summary = defineAction<Extract<EditTarget, { kind: 'scene-summary' }>>({
  code: 'ss',
  label: 'summary',
  target: (context) => {
    const found = ownedAt(context);
    if (found === null) return null;
    const { owner, node: scene } = found;
    const { summaries } = context.troupe.world.storyOf(context.where.chat);
    const isThere = summaries[owner]?.some((each) => each.scene === scene) ?? false;
    return isThere ? { kind: 'scene-summary', owner, scene } : null;
  },
  form: (_target, value) => [
    { id: 'text', value: (value as string | null) ?? '', most: 4_000, required: true },
  ],
  edit: (target, filled) => ({ ...target, text: filled.text ?? '' }),
  line: ({ owner }, context, lines, user) => lines.summary(user, nameIn(context, owner)),
});
