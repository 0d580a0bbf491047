/**
 * The shape of texts, whatever their language: the same keys, and functions of the same values. A key that
 * a language lacks, or has besides, is a type error that names it.
 */
export type Worded<T> = T extends string
  ? string
  : T extends (...values: infer A) => infer R
    ? (...values: A) => Worded<R>
    : { readonly [K in keyof T]: Worded<T[K]> };
