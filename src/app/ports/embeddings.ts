/** Texts as vectors, so that what means the same is near; optional, and off by default (DESIGN 5). */
export interface Embeddings {
  /** Name of the model: vectors of different models cannot be compared. */
  readonly model: string;
  /**
   * One vector of length 1 for each text, in order.
   * @throws {ModelError} for every failure; `AbortError` when `signal` fires.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}
