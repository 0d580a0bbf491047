import type { Chat } from '../engine/chat.ts';
import type { EntityId } from '../engine/ids.ts';
import type { Receipt } from '../engine/prompt/assemblePrompt.ts';
import type { MemoryKey } from '../engine/world.ts';
import type { Store } from './ports/store.ts';

type ReceiptMemory = Receipt['memories'][number];

/** What a prompt was made of, as one person may see it. */
export interface ReadReceipt {
  /** Whose prompt it was. */
  readonly name: string;
  readonly receipt: Receipt;
  readonly memories: readonly (Omit<ReceiptMemory, 'memory'> & {
    /** Null for what that person did not witness. */
    readonly text: string | null;
  })[];
}

/** The memories of a receipt in words, as far as a person witnessed them too. */
export function readReceipt(
  store: Pick<Store, 'memory'>,
  chat: Chat,
  { memories }: Receipt,
  viewer: EntityId,
): ReadReceipt['memories'] {
  return memories.map(({ memory, ...about }) => ({
    ...about,
    text: isWitness(chat, memory, viewer) ? textOf(store, chat, memory) : null,
  }));
}

function isWitness(chat: Chat, { node, owner }: MemoryKey, viewer: EntityId): boolean {
  const written = chat.has(node) ? chat.tree.node(node) : null;
  const found = [...(written?.own ?? []), ...(written?.results ?? [])].findLast(
    (event) => event.type === 'MemoryWritten' && event.payload.owner === owner,
  );
  return found?.type === 'MemoryWritten' && found.payload.witnesses.includes(viewer);
}

function textOf(store: Pick<Store, 'memory'>, chat: Chat, memory: MemoryKey): string | null {
  const reset = chat.story.cast[memory.owner]?.resetAt ?? null;
  const after = reset === null ? -1 : chat.tree.node(reset).position;
  return store.memory(chat.id, memory, after)?.text ?? null;
}
