/** What was found of one thing: `unknown` where it could not be looked at. */
export interface Finding {
  readonly state: 'well' | 'wrong' | 'unknown';
  /** One line: what it is, and how to mend it where it is wrong. Holds no secret. */
  readonly line: string;
}

export const well = (line: string): Finding => ({ state: 'well', line });
export const wrong = (line: string): Finding => ({ state: 'wrong', line });
export const unknown = (line: string): Finding => ({ state: 'unknown', line });
