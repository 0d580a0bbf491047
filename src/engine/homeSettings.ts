import { z } from 'zod';
import type { EntityId } from './ids.ts';
import type { HomeState } from './state/home.ts';

/** Turns and tokens of a day; null without a limit. */
export interface Allowance {
  readonly turns: number | null;
  readonly tokens: number | null;
}

export const limitKeys = ['personTurns', 'personTokens', 'homeTurns', 'homeTokens'] as const;
export type LimitKey = (typeof limitKeys)[number];

/** 0 where nothing is limited. */
const most = z.int().min(0).max(1_000_000_000).catch(0);

/** What is set for a home, each with what holds where nobody set it. */
const homeSettings = z.object({
  personTurns: most,
  personTokens: most,
  homeTurns: most,
  homeTokens: most,
  /** Where characters that are marked adult may play. */
  adults: z.enum(['age-restricted', 'nowhere']).catch('age-restricted'),
  /** Of what everyone reads; `discord`: the one that the server has there. */
  language: z.enum(['discord', 'en', 'ru']).catch('discord'),
});
export type HomeSettings = z.output<typeof homeSettings>;

export const settingsOf = (settings: HomeState['settings']): HomeSettings =>
  homeSettings.parse(settings);

/** The key that says whether a character is reminded in one story of the others that it played in. */
export const sharingKey = (character: EntityId): string => `shares.${character}`;

export const sharesMemories = (settings: HomeState['settings'], character: EntityId): boolean =>
  settings[sharingKey(character)] === true;

export function allowancesOf(
  settings: HomeState['settings'],
): Readonly<Record<'person' | 'home', Allowance>> {
  const { personTurns, personTokens, homeTurns, homeTokens } = settingsOf(settings);
  return {
    person: { turns: personTurns || null, tokens: personTokens || null },
    home: { turns: homeTurns || null, tokens: homeTokens || null },
  };
}

/** Whether nothing is left. @param spent is asked only where something is limited. */
export function spentUp(
  { turns, tokens }: Allowance,
  spent: () => { readonly turns: number; readonly tokens: number },
): boolean {
  if (turns === null && tokens === null) return false;
  const now = spent();
  return (turns !== null && now.turns >= turns) || (tokens !== null && now.tokens >= tokens);
}
