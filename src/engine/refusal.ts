/** Why a command was refused, by code; the words that a person reads are in the Discord layer's catalogue. */
export type RefusalCode =
  | 'no-story-here'
  | 'story-already-here'
  | 'unknown-character'
  | 'nothing-to-stop'
  | 'nothing-to-answer'
  | 'nothing-to-continue'
  | 'nothing-to-undo'
  | 'not-a-reply'
  | 'only-opening'
  | 'nothing-to-regenerate'
  | 'not-your-words'
  | 'not-a-turn'
  | 'already-there'
  | 'already-removed'
  | 'unknown-save'
  | 'save-elsewhere'
  | 'name-taken'
  | 'unknown-entity'
  | 'unknown-place'
  | 'scene-open'
  | 'no-scene'
  | 'unknown-memory'
  | 'pins-full'
  | 'unknown-story'
  | 'played-elsewhere'
  | 'may-not-open'
  | 'nowhere-to-open'
  | 'only-characters'
  | 'bad-setting'
  | 'nothing-to-export'
  | 'prompt-too-long'
  | 'broken-card'
  | 'broken-picture'
  | 'broken-sheet'
  | 'draft-gone'
  | 'bad-opening'
  | 'not-yours'
  | 'too-many-characters'
  | 'only-age-restricted'
  | 'no-adults'
  | 'limit-reached'
  | 'may-not-speak'
  | 'bad-limit'
  | 'never-shared'
  | 'not-your-character'
  | 'file-too-large'
  | 'file-gone'
  | 'unknown-book'
  | 'unknown-lore'
  | 'books-full'
  | 'book-full'
  | 'broken-book'
  | 'broken-entry'
  | 'not-your-book'
  | 'not-allowed'
  | 'name-not-typed'
  | 'word-not-typed'
  | 'changed-meanwhile'
  | 'already-so'
  | 'begins-anew'
  | 'out-of-date';

/** A broken rule, for the person to read. Thrown before anything is written. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: RefusalCode, details: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
