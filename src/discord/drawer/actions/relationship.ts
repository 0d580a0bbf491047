import type { EditTarget, Score } from '../../../engine/drawer/drawerEdit.ts';
import type { Texts } from '../../texts.ts';
import { type Action, defineAction, nameIn, numberIn } from '../action.ts';
import { factAt, pairAt } from '../subject.ts';
import type { DrawerContext } from '../tab.ts';

const line = (
  { from, to }: { readonly from: string; readonly to: string },
  context: DrawerContext,
  lines: Texts['drawerUi']['lines'],
  user: string,
) => lines.relationship(user, nameIn(context, from), nameIn(context, to));

type Target<K extends EditTarget['kind']> = Extract<EditTarget, { kind: K }>;
type Label = Action['label'];

const scoreAt =
  (score: Score) =>
  (context: DrawerContext): Target<'score'> | null => {
    const pair = pairAt(context);
    return pair === null ? null : { kind: 'score', score, from: pair.from, to: pair.to };
  };

const by = (code: string, label: Label, score: Score, by: number) =>
  defineAction<Target<'score'>>({
    code,
    label,
    target: scoreAt(score),
    isOver: (value) => value === (by > 0 ? 100 : 0),
    edit: (target) => ({ ...target, change: { by } }),
    line,
  });

const to = (code: string, label: Label, score: Score) =>
  defineAction<Target<'score'>>({
    code,
    label,
    target: scoreAt(score),
    form: (_target, value) => [{ id: 'score', value: String(value), most: 3, required: true }],
    edit: (target, filled) => ({
      ...target,
      change: { to: Math.min(100, Math.max(0, numberIn(filled, 'score', 50))) },
    }),
    line,
  });

export const affinityDown = by('a-', 'affinityDown', 'affinity', -5);
export const affinityUp = by('ap', 'affinityUp', 'affinity', 5);
export const affinityTo = to('ax', 'affinityTo', 'affinity');
export const trustDown = by('t-', 'trustDown', 'trust', -5);
export const trustUp = by('tp', 'trustUp', 'trust', 5);
export const trustTo = to('tx', 'trustTo', 'trust');

export const relation = defineAction<Target<'relationship-summary'>>({
  code: 'rs',
  label: 'relation',
  target: (context) => {
    const pair = pairAt(context);
    return pair && { kind: 'relationship-summary', from: pair.from, to: pair.to };
  },
  form: (_target, value) => [{ id: 'text', value: String(value), most: 2_000, required: true }],
  edit: (target, filled) => ({ ...target, text: filled.text ?? '' }),
  line,
});

/** Of a fact. */
const FACT = 300;

export const factNew = defineAction<Target<'fact'>>({
  code: 'fn',
  label: 'factNew',
  target: (context) => {
    const pair = pairAt(context);
    return pair && { kind: 'fact', from: pair.from, to: pair.to, fact: null };
  },
  form: () => [{ id: 'text', value: '', most: FACT, required: true }],
  edit: (target, filled) => ({ ...target, text: filled.text ?? '' }),
  line,
});

const theFact = (context: DrawerContext): Target<'fact'> | null => {
  const pair = pairAt(context);
  const fact = factAt(context);
  return pair && fact && { kind: 'fact', from: pair.from, to: pair.to, fact: fact.mark };
};

export const fact = defineAction<Target<'fact'>>({
  code: 'fc',
  label: 'fact',
  leaves: true,
  target: theFact,
  form: (_target, value) => [{ id: 'text', value: String(value), most: FACT, required: true }],
  edit: (target, filled) => ({ ...target, text: filled.text ?? '' }),
  line,
});

export const factGone = defineAction<Target<'fact'>>({
  code: 'fg',
  label: 'factGone',
  leaves: true,
  target: theFact,
  edit: (target) => ({ ...target, text: null }),
  line,
});
