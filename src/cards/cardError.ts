/** Why a file is no character card that can be taken. */
export type CardProblem =
  | 'too-large'
  | 'not-a-card'
  | 'broken-json'
  | 'too-deep'
  | 'broken-picture'
  | 'no-card-in-picture'
  | 'broken-archive'
  | 'no-card-in-archive'
  | 'no-name';

/** A file that cannot be read as a card; nothing of it was taken. */
export class CardError extends Error {
  override readonly name = 'CardError';
  readonly problem: CardProblem;
  constructor(problem: CardProblem, options: { readonly cause?: unknown } = {}) {
    super(problem, options);
    this.problem = problem;
  }
}
