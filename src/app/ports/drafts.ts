/** What people have begun to fill in and not yet confirmed: kept for a week after the last touch. */
export interface Drafts {
  /** @param content as JSON takes it @param now milliseconds since 1970 */
  put(id: string, content: unknown, now: number): void;
  /** To be parsed by whoever put it there; null when it is not there any more. */
  get(id: string): unknown;
  remove(id: string): void;
}
