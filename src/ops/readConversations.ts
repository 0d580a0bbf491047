import { readFileSync } from 'node:fs';
import { z } from 'zod';

const words = z.union([z.string(), z.number()]).transform(String);

const conversation = z.object({
  id: words,
  turns: z
    .array(z.object({ id: words, speaker: z.string().trim().min(1), text: z.string(), at: words }))
    .min(1),
  questions: z.array(z.object({ text: z.string().min(1), kind: words, evidence: z.array(words) })),
});
export type Conversation = z.infer<typeof conversation>;

const file = z.object({ conversations: z.array(conversation).min(1) });

export class ConversationsError extends Error {
  override readonly name = 'ConversationsError';
}

export interface Conversations {
  readonly conversations: readonly Conversation[];
  /** Evidence that names no turn; it is left out, and with it a question that has no other. */
  readonly unknown: readonly string[];
}

/**
 * Reads `{ conversations: [{ id, turns: [{ id, speaker, text, at }], questions: [{ text, kind,
 * evidence: [turn ids] }] }] }`.
 *
 * @throws {ConversationsError} with one line for each problem.
 */
export function readConversations(path: string): Conversations {
  const parsed = file.safeParse(parseJson(path));
  if (!parsed.success) {
    const lines = parsed.error.issues
      .slice(0, 20)
      .map((issue) => `${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw new ConversationsError(lines.join('\n'), { cause: parsed.error });
  }
  const unknown: string[] = [];
  const conversations = parsed.data.conversations.map((each) => {
    const turns = new Set(each.turns.map(({ id }) => id));
    if (turns.size < each.turns.length) {
      throw new ConversationsError(`${path}: conversation ${each.id} names two turns alike`);
    }
    const questions = each.questions.flatMap((question) => {
      const evidence = question.evidence.filter((id) => turns.has(id));
      const missing = question.evidence.filter((id) => !turns.has(id));
      unknown.push(...missing.map((id) => `${each.id}: ${id}`));
      return evidence.length === 0 ? [] : [{ ...question, evidence }];
    });
    return { ...each, questions };
  });
  return { conversations, unknown };
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConversationsError(`${path} cannot be read: ${why}`, { cause });
  }
}
