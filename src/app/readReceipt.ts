import type { Chat } from '../engine/chat.ts';
import type { Receipt } from '../engine/prompt/assemblePrompt.ts';
import type { Standing } from '../engine/rights.ts';
import type { MemoryKey } from '../engine/world.ts';
import type { Chats } from './chats.ts';
import type { Store } from './ports/store.ts';
import type { Rights } from './rights.ts';

type ReceiptMemory = Receipt['memories'][number];

/** What a prompt was made of, as one person may see it. */
export interface ReadReceipt {
  /** Whose prompt it was. */
  readonly name: string;
  readonly receipt: Receipt;
  readonly memories: readonly (Omit<ReceiptMemory, 'memory' | 'from'> & {
    /** Null for what that person did not witness. */
    readonly text: string | null;
    /** Another story that it is of; its name is null for whoever did not witness it there. */
    readonly from: { readonly name: string | null } | null;
  })[];
}

interface Needs {
  readonly store: Pick<Store, 'memory'>;
  readonly chats: Pick<Chats, 'read'>;
  readonly rights: Pick<Rights, 'may'>;
}

/**
 * The memories of a receipt in words, as far as a person witnessed them too; those of another story also
 * for whoever has the full view there.
 */
export function readReceipt(
  { store, chats, rights }: Needs,
  chat: Chat,
  { memories }: Receipt,
  by: Standing,
): ReadReceipt['memories'] {
  return memories.map(({ memory, from, ...about }) => {
    const there = from === undefined ? chat : chats.read(from);
    const seesAll = from !== undefined && rights.may('edit-state', by, from);
    const sees = seesAll || isWitness(there, memory, by.person);
    const text = sees ? textOf(store, there, memory) : null;
    const name = text === null ? null : there.frame.name;
    return { ...about, text, from: from === undefined ? null : { name } };
  });
}

function isWitness(chat: Chat, { node, owner }: MemoryKey, viewer: string): boolean {
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
