import type { Found, Ranked } from './rank.ts';

/** Reciprocal rank fusion (Cormack et al. 2009): a place far down still counts for something. */
const DAMPING = 60;

/**
 * One ranking of two: by words, and by meaning. What stands high in both comes first; a memory that no
 * word leads to has its place by its meaning alone. Without the second, the first is left as it is.
 *
 * @param alike the nearest first.
 */
export function fuse(ranked: readonly Ranked[], alike: readonly Found[]): readonly Ranked[] {
  if (alike.length === 0) return ranked;
  const fused = new Map<string, Ranked>();
  const keyOf = ({ memory }: Found) => `${memory.node} ${memory.owner}`;
  for (const [place, each] of ranked.entries()) {
    fused.set(keyOf(each), { ...each, score: 1 / (DAMPING + place + 1) });
  }
  for (const [place, each] of alike.entries()) {
    const { score, why } = fused.get(keyOf(each)) ?? { score: 0, why: [] };
    const added = 1 / (DAMPING + place + 1);
    fused.set(keyOf(each), { ...each, score: score + added, why: [...why, 'meaning'] });
  }
  return [...fused.values()].sort((a, b) => b.score - a.score || b.position - a.position);
}
