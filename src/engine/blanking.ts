import type { BookId, EntityId } from './ids.ts';

/** Stands where a text was and cannot be left out. */
export const NO_WORDS = '…';
/** Stands for the name of someone whose words were erased, and for that of their story. */
export const SOMEONE = 'Someone';
export const A_STORY = 'A story';

/** Whether a text is to go. */
export type Gone = (text: string) => boolean;

/** What goes of an event when a person's words are erased. */
export interface Theirs {
  /** Whether what it says is theirs. */
  readonly said: Gone;
  /** Whether what it only repeats is theirs: what stood there before, what was copied, what is taken away. */
  readonly repeated: Gone;
  /** Whether a character's sheet, or a lorebook, goes with them. */
  readonly made: (id: EntityId | BookId) => boolean;
}

/** All that was said goes, and what people made stays. */
export const allSaid: Theirs = { said: () => true, repeated: () => true, made: () => false };

/** A text, or what stands in its place. */
export const unless = <T extends string | null | undefined, I>(
  text: T,
  gone: Gone,
  instead: I,
): T | I => (typeof text === 'string' && gone(text) ? instead : text);

/** Asks about every one, also once it is known that some go. */
export const anyGone = (texts: readonly (string | null | undefined)[], gone: Gone): boolean =>
  texts.filter((text) => typeof text === 'string' && gone(text)).length > 0;

/** Changes without those that hold words that go. */
export function without<C extends object>(
  changes: C,
  gone: Gone,
  wordsOf: { readonly [K in keyof C]?: (value: NonNullable<C[K]>) => readonly (string | null)[] },
): C {
  const left = { ...changes };
  for (const key of Object.keys(wordsOf) as (keyof C)[]) {
    const value = changes[key];
    if (value === null || value === undefined) continue;
    if (anyGone(wordsOf[key]?.(value) ?? [], gone)) delete left[key];
  }
  return left;
}
