import type { ChatId, EntityId } from '../../engine/ids.ts';
import type { KickoffCard } from '../../engine/kickoff/kickoffCard.ts';
import type { Sheet } from '../../engine/sheet.ts';
import type { Binding } from '../../engine/state/frame.ts';

/** A place to be opened for a story: a thread or post beside where it was asked for, or a channel. */
export interface Room {
  readonly kind: 'thread' | 'private' | 'channel';
  /** Where it was asked for. */
  readonly from: string;
  readonly chat: ChatId;
  readonly name: string;
  readonly person: EntityId;
  readonly welcome: Welcome;
  /** It may have been opened already, by a process that died. */
  readonly again: boolean;
}

/** What a story's channel shows first. */
export type Welcome =
  | {
      readonly kind: 'opening';
      readonly card: KickoffCard;
      /** Of who speaks first. */
      readonly sheet: Sheet;
      /** Of those who play, by who they are. */
      readonly names: Readonly<Record<EntityId, string>>;
    }
  | {
      readonly kind: 'branch';
      /** The story that it branched off; null for one that goes on. */
      readonly of: string | null;
      /** The message that it branched off after; null where none is known. */
      readonly at: MessagePlace | null;
      /** The last words, oldest first. */
      readonly lines: readonly SpokenLine[];
    };

export interface MessagePlace {
  readonly guild: string | null;
  readonly channel: string;
  readonly message: string;
}

export interface SpokenLine {
  readonly name: string;
  readonly text: string;
}

/** Opens channels for stories: Discord, to the engine. */
export interface Rooms {
  /** @throws {Refusal} `may-not-open` with the missing permission, `nowhere-to-open`. */
  check(room: Pick<Room, 'kind' | 'from'>): Promise<void>;
  /**
   * Opens a room and shows its welcome.
   * @throws {Refusal} as {@link check}.
   */
  open(room: Room): Promise<Binding>;
  /** Shows the welcome of a story in the channel where it was asked for, unless it stands there. */
  welcome(story: Omit<Room, 'kind' | 'from' | 'again'>, binding: Binding): Promise<void>;
  /** Whether Discord shows a channel to adults only; false where that cannot be known. */
  isAgeRestricted(channel: string): Promise<boolean>;
}
