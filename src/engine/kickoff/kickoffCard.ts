import { z } from 'zod';
import { type Gone, unless } from '../blanking.ts';
import { entityId } from '../ids.ts';
import { SOMEWHERE, score } from '../world.ts';

const words = (max: number) => z.string().trim().min(1).max(max);

/** Someone's opening: what they are doing as the story begins. */
const doing = z.object({
  entity: entityId,
  posture: words(100).nullable(),
  verb: words(200).nullable(),
});

/** How a character stands to whoever begins the story. */
const seed = z.object({
  entity: entityId,
  affinity: score,
  trust: score,
  summary: z.string().trim().max(600),
});

/** The opening of a story as a person confirmed it; kept, so that a reset can replay it. */
export const kickoffCard = z.object({
  /** Who speaks first. */
  character: entityId,
  revision: z.int().min(1),
  /** Who else is there from the beginning. */
  others: z.array(z.object({ character: entityId, revision: z.int().min(1) })).default([]),
  kickoff: z.string(),
  place: z.string(),
  time: z.string(),
  /** What the days are counted from, such as "Day 1 = the first frost". */
  anchor: z.string().max(200).nullable().default(null),
  weather: words(200).nullable().default(null),
  activities: z.array(doing).default([]),
  seeds: z.array(seed).default([]),
  /** Empty: the character finds its own first words. */
  greeting: z.string(),
  alternateGreetings: z.array(z.string()).default([]),
});
export type KickoffCard = z.infer<typeof kickoffCard>;

/** A card without words that go; its greetings are the character's. */
export const withoutWords = (card: KickoffCard, gone: Gone): KickoffCard => ({
  ...card,
  kickoff: unless(card.kickoff, gone, ''),
  place: unless(card.place, gone, SOMEWHERE),
  time: unless(card.time, gone, ''),
  anchor: unless(card.anchor, gone, null),
  weather: unless(card.weather, gone, null),
  activities: card.activities.map(({ entity, posture, verb }) => ({
    entity,
    posture: unless(posture, gone, null),
    verb: unless(verb, gone, null),
  })),
  seeds: card.seeds.map(({ summary, ...seed }) => ({
    ...seed,
    summary: unless(summary, gone, ''),
  })),
});
