import type { EditTarget } from '../../../engine/drawer/drawerEdit.ts';
import { Refusal } from '../../../engine/refusal.ts';
import type { Settings } from '../../../engine/world.ts';
import { modes } from '../../embeds/settingsCard.ts';
import { type Action, defineAction, numberIn } from '../action.ts';
import type { Field, Filled } from '../form.ts';

type Target = Extract<EditTarget, { kind: 'setting' }>;

const setting = <K extends keyof Settings>(
  code: string,
  label: Action['label'],
  name: K,
  form: (value: Settings[K], words: Parameters<NonNullable<Action['form']>>[2]) => Field[],
  value: (filled: Filled, before: Settings[K]) => unknown,
) =>
  defineAction<Target>({
    code,
    label,
    target: () => ({ kind: 'setting', setting: name }),
    form: (_target, now, context) => form(now as Settings[K], context),
    edit: (target, filled, before) => ({ ...target, value: value(filled, before as Settings[K]) }),
    line: () => null,
  });

export const answers = setting(
  'sa',
  'answers',
  'answers',
  (value, { texts: { chats } }) => [
    {
      id: 'answers',
      value,
      picks: modes.map((mode) => ({ label: chats.settings.modes[mode], value: mode })),
    },
  ],
  (filled) => filled.answers,
);

/** As `/chat settings` has it where nothing is said. */
const DEPTH = 4;

export const note = setting(
  'sn',
  'note',
  'authorsNote',
  (value) => [
    { id: 'text', value: value?.text ?? '', most: 4_000 },
    { id: 'depth', value: String(value?.depth ?? DEPTH), most: 2 },
  ],
  (filled) => (filled.text ? { text: filled.text, depth: numberIn(filled, 'depth', DEPTH) } : null),
);

export const instructions = setting(
  'si',
  'instructions',
  'instructions',
  (value) => [{ id: 'text', value: value ?? '', most: 4_000 }],
  (filled) => filled.text || null,
);

const SAMPLED = ['temperature', 'topP', 'maxTokens'] as const;

/** The rest of it is set by `/chat settings`, and stays. */
export const sampling = setting(
  'sp',
  'sampling',
  'sampling',
  (value) => SAMPLED.map((id) => ({ id, value: String(value?.[id] ?? ''), most: 10 })),
  (filled, before) => {
    const set: Record<string, unknown> = { ...before };
    for (const id of SAMPLED) {
      const text = (filled[id] ?? '').replace(',', '.');
      const number = Number(text);
      if (Number.isNaN(number)) throw new Refusal('bad-setting', { field: id });
      if (text === '') delete set[id];
      else set[id] = number;
    }
    return Object.keys(set).length === 0 ? null : set;
  },
);
