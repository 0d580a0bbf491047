import { AsyncLocalStorage } from 'node:async_hooks';
import type { InTurn } from '../app/ports/inTurn.ts';

const scope = new AsyncLocalStorage<string>();

export const inTurn: InTurn = (turn, work) => scope.run(turn, work);

/** The turn whose work is being done; undefined between turns. */
export const turnNow = (): string | undefined => scope.getStore();
