import type {
  APIMessage,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';
import type { ActResult } from '../protocol.ts';

/** An interaction while its token is good. */
export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly person: string;
  readonly channel: string;
  readonly createdAt: number;
  /** The message whose component was used, or that the answered modal came from. */
  readonly source: string | undefined;
  readonly commandName: string | undefined;
  readonly isContextMenu: boolean;
  /** For what Discord keeps of it on the messages that answer it. */
  readonly metadata: APIMessage['interaction_metadata'];
  /** How it was first answered. */
  answered: 'message' | 'deferred' | 'deferredUpdate' | 'update' | 'modal' | 'choices' | null;
  /** What `@original` stands for. */
  original: string | undefined;
  /** Whether the answer that is still being thought about is for one person. */
  ephemeral: boolean;
  /** Every message that this token may edit. */
  readonly messages: Set<string>;
  readonly settle: (result: ActResult) => void;
}

/** A modal that is open at someone's screen. */
export interface OpenModal {
  id: string;
  person: string;
  channel: string;
  source: string | undefined;
  /** The interaction that opened it. */
  openedBy: APIMessage['interaction_metadata'];
  data: APIModalInteractionResponseCallbackData;
}
