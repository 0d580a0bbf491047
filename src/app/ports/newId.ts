/** Opaque ids, unique across every chat. */
export type NewId = () => string;
