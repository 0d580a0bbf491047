import { readFileSync } from 'node:fs';
import { z } from 'zod';

const words = z.union([z.string(), z.number()]).transform(String);
const name = z.string().trim().min(1);
const place = name.nullish();
const text = z.string().trim().min(1);

const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['enter', 'move']), who: name, place }),
  z.object({ kind: z.literal('leave'), who: name }),
  z.object({ kind: z.enum(['say', 'do']), who: name, text }),
  z.object({ kind: z.literal('whisper'), who: name, to: name, text }),
]);
export type Step = z.infer<typeof step>;

const story = z.object({
  id: words,
  steps: z.array(step).min(1),
  checks: z.array(z.object({ who: name, text, knows: z.boolean() })),
});
export type WitnessStory = z.infer<typeof story>;

const file = z.object({ stories: z.array(story).min(1) });

export class StoriesError extends Error {
  override readonly name = 'StoriesError';
}

/** Problems that are told at once; more of them are rarely of another kind. */
const TOLD = 20;

/**
 * Reads `{ stories: [{ id, steps: [{ kind, who, place?, to?, text? }], checks: [{ who, text, knows }] }] }`.
 *
 * @throws {StoriesError} with one line for each problem.
 */
export function readStories(path: string): WitnessStory[] {
  const parsed = file.safeParse(parseJson(path));
  if (parsed.success) return parsed.data.stories;
  const lines = parsed.error.issues
    .slice(0, TOLD)
    .map((issue) => `${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new StoriesError(lines.join('\n'), { cause: parsed.error });
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoriesError(`${path} cannot be read: ${why}`, { cause });
  }
}
