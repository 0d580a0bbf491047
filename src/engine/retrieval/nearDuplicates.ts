import { isTelling, wordsIn } from './words.ts';

/** Of the telling words of two texts, the part that both share from which on they say the same. */
const SAME = 0.75;

/** Whether a second text says hardly more than the first. */
export function nearDuplicate(a: string, b: string): boolean {
  const [first, second] = [tellingWords(a), tellingWords(b)];
  const shared = [...first].filter((word) => second.has(word)).length;
  const all = first.size + second.size - shared;
  return all > 0 && shared / all >= SAME;
}

const tellingWords = (text: string) => new Set(wordsIn(text).filter(isTelling));
