import { z } from 'zod';
import type { NewEvent } from '../event.ts';
import { limitKeys } from '../homeSettings.ts';
import { entityId, isCharacter, snowflake } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import { isRight } from '../rights.ts';
import type { HomeState } from '../state/home.ts';

/** What a limit can be; 0 is none. */
export const MOST_LIMIT = 1_000_000_000;

/**
 * Sets a home's settings by their keys; what stands so already changes nothing.
 * @throws {Refusal} `bad-limit` for a number that is none.
 */
export function configureHome(settings: HomeState['settings'], home: HomeState): NewEvent[] {
  const changed = Object.entries(settings).filter(([key, value]) => home.settings[key] !== value);
  for (const [key, value] of changed) demandFit(key, value);
  if (changed.length === 0) return [];
  return [{ type: 'HomeConfigured', payload: { settings: Object.fromEntries(changed) } }];
}

const roles = z.string().refine((text) =>
  text
    .split(' ')
    .filter(Boolean)
    .every((id) => snowflake.safeParse(id).success),
);
const choices: Readonly<Record<string, z.ZodType>> = {
  adults: z.enum(['age-restricted', 'nowhere']),
  language: z.enum(['discord', 'en', 'ru']),
};

function shapeOf(key: string): z.ZodType | undefined {
  const [area = ''] = key.split('.', 1);
  const rest = key.slice(area.length + 1);
  if (area === 'right' && isRight(rest)) return roles;
  if (area === 'shares' && entityId.safeParse(rest).success && isCharacter(rest))
    return z.boolean();
  return choices[key];
}

function demandFit(key: string, value: unknown): void {
  if ((limitKeys as readonly string[]).includes(key)) {
    if (z.int().min(0).max(MOST_LIMIT).safeParse(value).success) return;
    throw new Refusal('bad-limit', { most: MOST_LIMIT });
  }
  const shape = shapeOf(key);
  if (shape?.safeParse(value).success !== true) throw new Refusal('out-of-date');
}
