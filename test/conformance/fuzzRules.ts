/** Where the sandbox refuses what the document allows. */
export interface Stricter {
  /** Discord's code of the refusal, or of the field within a 50035. */
  code: number | string;
  /** Where in the body; anywhere when left out. */
  at?: RegExp;
  /** Part of the target's name; every target when left out. */
  target?: string;
  reason: string;
}

/** Where the sandbox takes what the document refuses. */
export interface Laxer {
  at: RegExp;
  fault?: RegExp;
  target?: string;
  reason: string;
}

export const stricter: readonly Stricter[] = [];

export const laxer: readonly Laxer[] = [];
