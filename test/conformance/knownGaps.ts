import type { Problem } from './checkExchange.ts';

/** A misfit that is known and right to leave, with its reason. */
export interface KnownGap {
  side: Problem['side'];
  /** The route as the document writes it; every route when left out. */
  route?: string;
  at: RegExp;
  why: RegExp;
  /** Why it stays: where the document says otherwise than Discord does. */
  reason: string;
}

export const knownGaps: readonly KnownGap[] = [];

export function gapOf(problem: Problem): KnownGap | undefined {
  return knownGaps.find(
    ({ side, route, at, why }) =>
      side === problem.side &&
      (route === undefined || route === problem.route) &&
      at.test(problem.at) &&
      why.test(problem.why),
  );
}
