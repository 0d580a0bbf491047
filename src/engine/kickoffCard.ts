import { z } from 'zod';
import { entityId } from './ids.ts';

/** The opening of a story as a person confirmed it; kept, so that a reset can replay it. */
export const kickoffCard = z.object({
  character: entityId,
  revision: z.int().min(1),
  kickoff: z.string(),
  place: z.string(),
  time: z.string(),
  greeting: z.string(),
});
export type KickoffCard = z.infer<typeof kickoffCard>;
