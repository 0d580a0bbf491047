/** Every form. One is its own file and a line in this list. */
import type { Modal } from '../modal.ts';

export const modals: readonly Modal[] = [];
