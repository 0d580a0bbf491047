/** Why a person cannot do what they tried, in words for them. Answered with `status`. */
export class ActError extends Error {
  readonly status: number;
  override readonly name = 'ActError';

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
