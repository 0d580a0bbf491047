import type { NodeId } from '../../engine/ids.ts';

/** Does the work of a turn: whatever is logged meanwhile, by whatever it calls, is told to be of that turn. */
export type InTurn = <T>(turn: NodeId, work: () => Promise<T>) => Promise<T>;
