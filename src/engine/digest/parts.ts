import { z } from 'zod';

/**
 * Shapes of what the classifier answers. They are wider than what becomes of them: numbers are clamped,
 * texts cut and names looked up afterwards, so that a model that overdoes one thing loses nothing else.
 * Every field is named in the schema, and one that is left out reads as nothing.
 */
export const orNull = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => value ?? null, type.nullable());
export const orNone = <T extends z.ZodType>(element: T) =>
  z.preprocess((value) => value ?? [], z.array(element));
export const orZero = z.preprocess((value) => value ?? 0, z.number());

/** A list whose elements are checked one by one. */
export const listOf = <T extends z.ZodType>(element: T) => ({
  schema: z.array(element),
  fallback: [] as z.output<T>[],
  element,
});
