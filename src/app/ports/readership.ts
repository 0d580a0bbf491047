/** Who can read along in a channel, as far as two channels can be compared by it. */
export interface Readers {
  /** Equal for channels that the same people can see; `everyone` where all of the server can. */
  readonly who: string;
  /** A private thread: of those people, only who was invited. */
  readonly invited: boolean;
  /** Of those people, only adults. */
  readonly ageRestricted: boolean;
}

/** Who can read along where stories are played: Discord, to the engine. */
export interface Readership {
  /** Null where that cannot be known, or not in time: the channel may be gone. Never throws. */
  of(channel: string): Promise<Readers | null>;
}
