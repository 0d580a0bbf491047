import { english } from './offlineEnglish.ts';
import { russian } from './offlineRussian.ts';

/** What a turn does, as far as its words show. The first that fits is taken. */
export type Intent =
  | 'machine'
  | 'story'
  | 'farewell'
  | 'thanks'
  | 'greeting'
  | 'who'
  | 'past'
  | 'place'
  | 'mood'
  | 'sorrow'
  | 'recall'
  | 'threat'
  | 'blame'
  | 'tender'
  | 'gift'
  | 'help'
  | 'apology'
  | 'promise'
  | 'confession'
  | 'name'
  | 'travel'
  | 'later'
  | 'picture'
  | 'someone'
  | 'question'
  | 'action'
  | 'statement'
  | 'opening'
  | 'more';

/**
 * The offline model's words in one language. `{person}`, `{name}`, `{place}`, `{time}`, `{goal}`,
 * `{topic}` and `{other}` are filled in; a phrase with a slot that has no filling is not used.
 */
export interface Phrases {
  readonly intents: readonly (readonly [Intent, RegExp])[];
  /** What the character does while it answers, without the asterisks. */
  readonly gestures: readonly string[];
  readonly gesturesFor: Partial<Record<Intent, readonly string[]>>;
  /** Gestures that go with a trait. */
  readonly manners: readonly (readonly [RegExp, readonly string[]])[];
  readonly speech: Readonly<Record<Intent, readonly string[]>>;
  /** Something to go on from. */
  readonly prompts: readonly string[];
  /** Lines about where and when it is, as narration. */
  readonly surroundings: readonly string[];
  /** Something small that happens, as narration. */
  readonly incidents: readonly string[];
  /** Lead into a sentence of the backstory, as narration. */
  readonly memories: readonly string[];
  /** Lead into something that the character remembers, as narration. */
  readonly recollections: readonly string[];
  /** Paragraphs of a long story, in order. */
  readonly story: readonly string[];
  /** Finds a word of the turn worth repeating, as whoever is spoken to would say it. */
  readonly topic: (text: string) => string | null;
}

/** The language of the last turn: Russian where it has Cyrillic letters, else English. */
export function phrasesFor(text: string): Phrases {
  return /\p{Script=Cyrillic}/u.test(text) ? russian : english;
}
