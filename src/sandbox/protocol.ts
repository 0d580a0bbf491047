/**
 * What the sandbox's page (and a test's actor) says to the sandbox's server, and hears from it.
 *
 * - `GET  /sandbox/view?person=ID&open=ID`               -> View; `open` lists that thread too, even if it is archived
 * - `GET  /sandbox/messages?person=ID&channel=ID&before=ID&limit=50` -> { messages: APIMessage[] } oldest first,
 *   ephemeral ones of this person included
 * - `POST /sandbox/act` with `{ person, act: Act }`      -> ActResult, or 4xx `{ message }`
 * - `GET  /sandbox/threads?person=ID&channel=ID`         -> { threads: APIChannel[] } the archived ones, newest first
 * - `GET  /sandbox/permissions?person=ID&channel=ID`     -> ChannelRights
 * - `WS   /sandbox/socket?person=ID`                     -> a stream of Notice; it takes `{ watchRequests: boolean }`,
 *   which switches the `requests` notices on and off
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
  APIRole,
  APIUser,
} from 'discord-api-types/v10';
import type { ActiveFault, LoggedRequest, OperatorAct, PersonRights } from './operatorProtocol.ts';

export interface View {
  /** The person this view is for. */
  me: APIUser;
  /** The language that this person has their Discord in. */
  locale: string;
  /** Everyone that one can play as. */
  people: APIUser[];
  /** The application's bot user; null until an application has connected. `online` follows its gateway session. */
  bot: (APIUser & { online: boolean }) | null;
  guilds: {
    guild: Pick<APIGuild, 'id' | 'name' | 'icon'>;
    channels: APIChannel[];
    members: APIUser[];
    roles: Pick<APIRole, 'id' | 'name' | 'color' | 'managed'>[];
    /** What people may do in the guild as a whole, by person. */
    rights: Record<string, PersonRights>;
    /** Channels and threads that this person can see but not write in. */
    readOnly: string[];
  }[];
  /** This person's direct message channels. */
  directMessages: APIChannel[];
  /** As this person reads them. */
  commands: APIApplicationCommand[];
  /** What is made to go wrong for the application right now. */
  faults: ActiveFault[];
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
  | {
      kind: 'submit';
      modal: string;
      /** A field with several values takes them separated by commas. */
      values: Record<string, string>;
      /** For fields that take files, by custom id. */
      files?: Record<string, GivenFile[]>;
    }
  /** The person is writing; shown for some ten seconds. */
  | { kind: 'type'; channel: string }
  | { kind: 'createChannel'; guild: string; name: string; topic?: string; forum?: boolean }
  /** From a message, or standalone; a private one is standalone. */
  | { kind: 'createThread'; channel: string; name: string; message?: string; private?: boolean }
  /** A post in a forum. */
  | {
      kind: 'createPost';
      channel: string;
      name: string;
      content: string;
      attachments?: GivenFile[];
    }
  | {
      kind: 'changeThread';
      channel: string;
      name?: string;
      archived?: boolean;
      locked?: boolean;
    }
  | { kind: 'joinThread'; channel: string }
  | { kind: 'leaveThread'; channel: string }
  /** Brings someone else, or the application, into a thread. */
  | { kind: 'addToThread'; channel: string; person: string }
  | { kind: 'openDirectMessage' }
  | OperatorAct;

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
  | { kind: 'thinking'; channel: string; interaction: string; done: boolean }
  /** What is made to go wrong changed. Only to pages. */
  | { kind: 'faults'; faults: ActiveFault[] }
  /** Requests of the application, oldest first; with `fresh` they replace what was shown. Only to pages that asked. */
  | { kind: 'requests'; entries: LoggedRequest[]; fresh: boolean };

export type * from './operatorProtocol.ts';
