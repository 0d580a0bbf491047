import type { ChatId } from '../../engine/ids.ts';
import type { Row } from './unitOfWork.ts';

/** What the log makes of the read models of a chat. */
export interface Written {
  readonly chat: ChatId;
  readonly rows: readonly Row[];
}

/** Writing the read models anew. */
export interface Rebuilding {
  /** Whether other code wrote them. */
  isDue(): boolean;
  /** The chats of the log, the oldest first. */
  chats(): ChatId[];
  /** Empties them. */
  clear(): void;
  /** Writes those of some chats, in one transaction. */
  write(written: readonly Written[]): void;
  /** All are written. */
  done(): void;
}
