import type { Relationship } from '../state/relationships.ts';

const AFFINITY = ['hostile', 'cold', 'neutral', 'warm', 'devoted'];
const TRUST = ['suspicious', 'wary', 'undecided', 'trusting', 'implicit'];

/** A score as a word with its figure: "warm, 74". @param score 0 to 100 */
const inWords = (words: readonly string[], score: number): string =>
  `${words[Math.min(words.length - 1, Math.floor(score / 20))]}, ${score}`;

export const affinityWords = (score: number): string => inWords(AFFINITY, score);
export const trustWords = (score: number): string => inWords(TRUST, score);

/** How one stands to another, in one line without a name. */
export const standing = ({ affinity, trust, summary }: Relationship): string =>
  [`${affinityWords(affinity)}; trust: ${trustWords(trust)}.`, summary.trim()]
    .filter(Boolean)
    .join(' ');
