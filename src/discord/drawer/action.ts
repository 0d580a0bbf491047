import type { DrawerEdit } from '../../app/drawerEdits.ts';
import type { EditTarget } from '../../engine/drawer/drawerEdit.ts';
import { Refusal } from '../../engine/refusal.ts';
import type { Texts } from '../texts.ts';
import type { Field, Filled } from './form.ts';
import type { DrawerContext } from './tab.ts';

type Words = Texts['drawerUi'];

/** Something that a button of the drawer changes, at once or by a form. `T` is what it is about. */
export interface Action<T extends EditTarget = EditTarget> {
  /** In a custom id. */
  readonly code: string;
  readonly label: keyof Words['actions'];
  /** What it is about; null where that is not there any more. */
  target(context: DrawerContext): T | null;
  /** What is asked before. @param value what stands there */
  form?(target: T, value: unknown, context: DrawerContext): readonly Field[];
  /** Whether what it is about is not where it was any more. */
  readonly leaves?: true;
  /** Whether it would change nothing of the value that stands there. */
  isOver?(value: unknown): boolean;
  edit(target: T, filled: Filled, value: unknown): DrawerEdit;
  /** What everyone is told; null for what is no step of the story. */
  line(target: T, context: DrawerContext, words: Words['lines'], user: string): string | null;
}

export const defineAction = <T extends EditTarget>(action: Action<T>): Action<T> => action;

/** A whole number. @throws {Refusal} `bad-setting`. */
export function numberIn(filled: Filled, field: Field['id'], blank: number): number {
  const text = (filled[field] ?? '').replace(',', '.').replace('−', '-');
  const number = text === '' ? blank : Number(text);
  if (!Number.isInteger(number)) throw new Refusal('bad-setting', { field });
  return number;
}

export const nameIn = ({ troupe, where }: DrawerContext, entity: string): string =>
  troupe.world.storyOf(where.chat).cast[entity]?.name ?? '';

/** The four weights that a memory or a scene can have. */
export const weights = ({ texts: { drawer } }: DrawerContext) =>
  drawer.weight.map((label, value) => ({ label, value: String(value) }));
