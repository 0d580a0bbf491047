export type { Clock } from './clock.ts';
export type { Controls } from './controls.ts';
export type { Faults } from './faults.ts';
export type { Expectation, Ping, RequestEntry, Violation } from './journal.ts';
export type { Exchange, Observer, SentEvent } from './observation.ts';
export { ActError } from './people/actError.ts';
export type { Actor, MessageRef } from './people/actor.ts';
export type { PermissionName } from './permissions.ts';
export type {
  Act,
  ActiveFault,
  ActResult,
  ChannelRights,
  Fault,
  GatewayBreak,
  GivenFile,
  GivenOption,
  LoggedRequest,
  Notice,
  PersonRights,
  View,
} from './protocol.ts';
export type { Allowance, RateLimitPlan } from './rateLimits.ts';
export type { Sandbox } from './sandbox.ts';
export { type SandboxOptions, startSandbox } from './startSandbox.ts';
export { DEFAULT_SEED, type Seed, type SeedChannel } from './state/seed.ts';
