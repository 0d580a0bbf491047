/**
 * What the sandbox's page (and a test's actor) says to the sandbox's server, and hears from it.
 *
 * - `GET  /sandbox/view?person=ID`                       -> View
 * - `GET  /sandbox/messages?person=ID&channel=ID&before=ID&limit=50` -> { messages: APIMessage[] } oldest first,
 *   ephemeral ones of this person included
 * - `POST /sandbox/act` with `{ person, act: Act }`      -> ActResult, or 4xx `{ message }`
 * - `WS   /sandbox/socket?person=ID`                     -> a stream of Notice
 * - `GET  /`                                             -> the page; `/page/*` its files
 *
 * Only loopback is listened on, and requests whose Host or Origin is not loopback are refused.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIGuild,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIUser,
} from 'discord-api-types/v10';

export interface View {
  /** The person this view is for. */
  me: APIUser;
  /** Everyone that one can play as. */
  people: APIUser[];
  /** The application's bot user; null until an application has connected. `online` follows its gateway session. */
  bot: (APIUser & { online: boolean }) | null;
  guilds: {
    guild: Pick<APIGuild, 'id' | 'name' | 'icon'>;
    channels: APIChannel[];
    members: APIUser[];
  }[];
  /** This person's direct message channels. */
  directMessages: APIChannel[];
  commands: APIApplicationCommand[];
}

/** A value given to a slash command's option: resolved by the option's own type. */
export interface GivenOption {
  name: string;
  value: string | number | boolean;
  /** For an option that takes a file; its value is left out of account. */
  file?: GivenFile;
}

export interface GivenFile {
  name: string;
  type: string;
  base64: string;
}

export type Act =
  | {
      kind: 'say';
      channel: string;
      content: string;
      replyTo?: string;
      attachments?: { name: string; type: string; base64: string }[];
    }
  | { kind: 'edit'; channel: string; message: string; content: string }
  | { kind: 'delete'; channel: string; message: string }
  | { kind: 'react'; channel: string; message: string; emoji: string }
  /** `path` is the command's name followed by its subcommand group and subcommand, where it has them. */
  | { kind: 'command'; channel: string; path: string[]; options: GivenOption[] }
  | {
      kind: 'autocomplete';
      channel: string;
      path: string[];
      options: GivenOption[];
      focused: string;
    }
  /** A user or message context-menu command. */
  | { kind: 'menu'; channel: string; name: string; target: string }
  | { kind: 'click'; channel: string; message: string; customId: string }
  | { kind: 'select'; channel: string; message: string; customId: string; values: string[] }
  /** `modal` is the id given with the `modal` result or notice. */
  | { kind: 'submit'; modal: string; values: Record<string, string> }
  /** The person is writing; shown for some ten seconds. */
  | { kind: 'type'; channel: string }
  | { kind: 'createChannel'; guild: string; name: string; topic?: string }
  | { kind: 'createThread'; channel: string; name: string; message?: string }
  | { kind: 'openDirectMessage' };

/**
 * How the application answered. Interactions resolve when the first answer came, or as `failed` after 3 s
 * ("The application did not respond").
 */
export type ActResult =
  | { kind: 'done' }
  | { kind: 'message'; message: APIMessage }
  | { kind: 'deferred' }
  | { kind: 'modal'; modal: string; data: APIModalInteractionResponseCallbackData }
  | { kind: 'choices'; choices: APIApplicationCommandOptionChoice[] }
  | { kind: 'channel'; channel: APIChannel }
  | { kind: 'failed'; message: string };

/** Pushed to a person's page. Messages carry `ephemeral` content only to the person whom it is for. */
export type Notice =
  | { kind: 'message'; message: APIMessage }
  | { kind: 'messageEdited'; message: APIMessage }
  | { kind: 'messageDeleted'; channel: string; id: string }
  | { kind: 'typing'; channel: string; user: string }
  /** Channels, threads, members, commands or the bot's presence changed: fetch the view again. */
  | { kind: 'viewChanged' }
  /** An interaction of this person is waiting for its deferred answer, or no longer. */
  | { kind: 'thinking'; channel: string; interaction: string; done: boolean };
