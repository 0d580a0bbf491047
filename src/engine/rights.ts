import type { EntityId } from './ids.ts';
import { Refusal } from './refusal.ts';
import type { HomeState } from './state/home.ts';

/** What can be granted, each with who has it when nobody was given it (DESIGN 8). */
const DEFAULTS = {
  speak: 'everyone',
  start: 'everyone',
  regenerate: 'everyone',
  branch: 'everyone',
  rewind: 'owner',
  reset: 'owner',
  'edit-state': 'owner',
  /** One's own characters; somebody else's are a matter of `configure`. */
  'author-characters': 'everyone',
  configure: 'managers',
} as const;

export type Right = keyof typeof DEFAULTS;
export const rights = Object.keys(DEFAULTS) as Right[];
/** Who has a right that was given to no role. */
export const rightHolders = (right: Right): 'everyone' | 'owner' | 'managers' => DEFAULTS[right];
export const isRight = (text: string): text is Right => Object.hasOwn(DEFAULTS, text);

/** Who asks, as Discord knows them where they ask. */
export interface Standing {
  readonly person: EntityId;
  readonly managesChannels: boolean;
  /** Also true for everyone in their own direct messages. */
  readonly managesServer: boolean;
  /** Ids of their roles, the one that everyone has included. */
  readonly roles: readonly string[];
}

/** Where something is asked for. */
export interface Ground {
  /** Whose story it is; null for what concerns none. */
  readonly owner: EntityId | null;
  readonly settings: HomeState['settings'];
}

/** The key of a home's settings that names the roles which hold a right, by their ids with spaces. */
export const rightKey = (right: Right): string => `right.${right}`;

/**
 * Whether someone may do something. Roles that were given what is everyone's hold it alone; what is not
 * everyone's, they hold besides those who have it by default. Whoever manages the server may do all.
 */
export function mayDo(right: Right, by: Standing, { owner, settings }: Ground): boolean {
  if (by.managesServer) return true;
  const given = String(settings[rightKey(right)] ?? '')
    .split(' ')
    .filter(Boolean);
  if (given.some((role) => by.roles.includes(role))) return true;
  switch (DEFAULTS[right]) {
    case 'everyone':
      return given.length === 0 || by.managesChannels;
    case 'owner':
      return by.managesChannels || (owner !== null && owner === by.person);
    case 'managers':
      return false;
  }
}

/** @throws {Refusal} `not-allowed` with the `right`, and the story's `owner` where it has a say. */
export function demand(right: Right, by: Standing, ground: Ground): void {
  if (mayDo(right, by, ground)) return;
  const asksOwner = DEFAULTS[right] === 'owner' && ground.owner !== null;
  throw new Refusal('not-allowed', {
    right,
    by: DEFAULTS[right],
    ...(asksOwner ? { owner: ground.owner ?? '' } : {}),
  });
}
