import type { ChatId, NodeId } from '../../engine/ids.ts';
import type { Receipt } from '../../engine/prompt/assemblePrompt.ts';

/** What each reply was written from. */
export interface ReceiptLog {
  put(chat: ChatId, node: NodeId, receipt: Receipt): void;
  /** Null for a reply whose prompt was never put together. */
  of(node: NodeId): Receipt | null;
}
