/**
 * What the page does to the sandbox itself, beside what a person does on Discord: people, permissions,
 * things that go wrong, and the log of requests. Part of `protocol.ts`.
 */

/** What a person may do in a guild as a whole. The owner may do everything. */
export interface PersonRights {
  owner: boolean;
  manageChannels: boolean;
  manageGuild: boolean;
}

/** Permissions in a channel by their Discord names, for the application and for everyone. */
export interface ChannelRights {
  /** The channel that rules: a thread uses its parent's. */
  channel: string;
  application: Record<string, boolean>;
  everyone: Record<string, boolean>;
}

/** What a request of the application runs into. `retryAfter` and `ms` are milliseconds. */
export type Fault =
  | { kind: 'latency'; ms: number; jitter?: number }
  | { kind: 'status'; status: number; retryAfter?: number }
  | { kind: 'drop'; when: 'before' | 'after' };

/** A fault that is on. `left` counts the requests that it still hits; null goes on until it is switched off. */
export type ActiveFault = Fault & { left: number | null };

/**
 * What happens to the gateway connection: `resumable` and `final` cut it, with and without a resume;
 * `reconnect` asks for a new connection; `invalidResumable` and `invalid` declare the session invalid.
 */
export type GatewayBreak = 'resumable' | 'final' | 'reconnect' | 'invalidResumable' | 'invalid';

export type OperatorAct =
  | { kind: 'createPerson'; name: string }
  /** The language that this person has their Discord in, by Discord's name for it. */
  | { kind: 'setLocale'; locale: string }
  | {
      kind: 'setRights';
      guild: string;
      person: string;
      rights: { manageChannels?: boolean; manageGuild?: boolean };
    }
  /** Gives or takes one permission in a channel by an overwrite; `permission` is Discord's name for it. */
  | {
      kind: 'setPermission';
      channel: string;
      who: 'application' | 'everyone';
      permission: string;
      allowed: boolean;
    }
  /** Hits the next `times` requests of the application; without it, all until faults are cleared. */
  | { kind: 'armFault'; fault: Fault; times?: number }
  | { kind: 'clearFaults' }
  | { kind: 'breakGateway'; how: GatewayBreak };

/** One request of the application, as the page lists it. */
export interface LoggedRequest {
  id: number;
  /** Milliseconds since 1970, by the sandbox's clock. */
  at: number;
  method: string;
  route: string;
  path: string;
  /** The channel or thread that it was about, where that can be told. */
  channel: string | null;
  /** 0 when the connection was dropped before anything was done. */
  status: number;
  /** Discord's error code and message, with the fields that it complains about. */
  code: number | null;
  message: string | null;
  problems: string[];
  ms: number;
  bucket: string | null;
  limit: number | null;
  remaining: number | null;
  /** Whether the answer was made to go wrong. */
  injected: boolean;
  /** Whether the answer never reached the application. */
  dropped: boolean;
}
