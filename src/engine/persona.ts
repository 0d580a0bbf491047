import { z } from 'zod';

/** How a person appears in the story. */
export const persona = z.strictObject({
  name: z.string().trim().min(1).max(80),
  pronouns: z.string().trim().max(40),
  description: z.string().trim().max(4_000),
});
export type Persona = z.infer<typeof persona>;

/** What a person says of themselves, besides their name. */
export const selfPortrait = persona.omit({ name: true });
export type SelfPortrait = z.infer<typeof selfPortrait>;
