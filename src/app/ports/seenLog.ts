/** How far the channels that stories are played in were read. */
export interface SeenLog {
  /** Channels that a story is played in. */
  channels(): string[];
  /** Null for a channel that no story was ever played in. */
  of(channel: string): Seen | null;
  /** A message was looked at; what is older than the newest such message is not looked for again. */
  note(channel: string, message: string): void;
}

export interface Seen {
  /** Where the story began to be played there: messages with a lower id are none of its own. */
  readonly since: string;
  /** The newest message that was looked at. */
  readonly message: string;
}
