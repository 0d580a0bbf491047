/** What some words mean, to an embeddings model. */
export interface Meaning {
  readonly model: string;
  /** Of length 1. */
  readonly vector: Float32Array;
}

/** What memories mean: goes with the memory, and is made again where it is missing. */
export interface MemoryVectors {
  /**
   * Some of what has no vector of a model yet, often none though there is more; null when nothing is left
   * to look through.
   */
  missing(model: string, limit: number): { readonly id: number; readonly text: string }[] | null;
  /** Keeps vectors; that of a memory which says something else by now is dropped. */
  put(
    model: string,
    found: readonly { readonly id: number; readonly text: string; readonly vector: Float32Array }[],
  ): void;
}
