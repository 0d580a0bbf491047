import { z } from 'zod';
import { listOf } from './parts.ts';

const relationship = z.object({
  /** By the short id or the name that the question gave. */
  to: z.string(),
  summary: z.string(),
});

/** What one witness is asked at the close of a scene. */
export const summaryParts = {
  /** Empty where the model gave none: the scene is left without one. */
  summary: { schema: z.string(), fallback: '' },
  /** 0 trivial, 1 minor, 2 notable, 3 decisive. */
  significance: { schema: z.number(), fallback: 1 },
  relationships: listOf(relationship),
};

export type SummaryAnswer = {
  readonly [K in keyof typeof summaryParts]: z.output<(typeof summaryParts)[K]['schema']>;
};
