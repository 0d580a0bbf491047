import type { MemoryChange } from '../../../app/drawerEdits.ts';
import type { EditTarget } from '../../../engine/drawer/drawerEdit.ts';
import { type Action, defineAction, nameIn, numberIn, weights } from '../action.ts';
import { ownedAt } from '../subject.ts';
import type { DrawerContext } from '../tab.ts';

type Target = Extract<EditTarget, { kind: 'memory' }>;

const aboutMemory: Pick<Action<Target>, 'target' | 'line'> = {
  target: (context: DrawerContext) => {
    const { troupe, where, view } = context;
    const memory = ownedAt(context);
    const isThere = memory !== null && troupe.drawer.memory(where.chat, memory, view) !== null;
    return isThere ? { kind: 'memory', memory } : null;
  },
  line: ({ memory }, context, lines, user) => lines.memory(user, nameIn(context, memory.owner)),
};

export const memory = defineAction<Target>({
  code: 'mt',
  label: 'memory',
  ...aboutMemory,
  form: (_target, value) => [
    { id: 'text', value: (value as { text: string }).text, most: 2_000, required: true },
  ],
  edit: (target, filled) => ({ ...target, change: { text: filled.text ?? '' } }),
});

export const weight = defineAction<Target>({
  code: 'mw',
  label: 'weight',
  ...aboutMemory,
  form: (_target, value, context) => [
    {
      id: 'significance',
      value: String((value as { significance: number }).significance),
      picks: weights(context),
    },
  ],
  edit: (target, filled) => ({
    ...target,
    change: { significance: numberIn(filled, 'significance', 1) },
  }),
});

const simply = (code: string, label: Action['label'], change: MemoryChange) =>
  defineAction<Target>({
    code,
    label,
    ...aboutMemory,
    edit: (target) => ({ ...target, change }),
  });

export const pinMemory = simply('mp', 'pinMemory', 'pin');
export const unpinMemory = simply('mu', 'unpinMemory', 'unpin');
export const forget = { ...simply('mf', 'forget', 'forget'), leaves: true as const };
