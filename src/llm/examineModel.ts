import { ModelError, type ModelFailure } from '../app/ports/model.ts';
import { openaiEmbeddings } from './embeddings.ts';
import { openaiModel } from './openaiModel.ts';

interface Server {
  readonly baseURL: string;
  readonly apiKey: string | null;
}

/** Milliseconds that one answer may take; a large model may have to be loaded first. */
const PATIENCE = 60_000;
/** Enough for one that thinks before its first word to begin. */
const TOKENS = 64;

/** Asks a model for a word. Null where it answers, or what was wrong. */
export async function examineModel(server: Server, model: string): Promise<ModelFailure | null> {
  const asked = openaiModel({ ...server, firstPartTimeout: PATIENCE, idleTimeout: PATIENCE });
  const content = [{ kind: 'text' as const, text: 'Answer with the word "yes".' }];
  const messages = [{ role: 'user' as const, content }];
  const request = { model, messages, sampling: { maxTokens: TOKENS } };
  return await failureOf(async () => {
    for await (const part of asked.stream(request, new AbortController().signal)) {
      // That it begins is enough.
      if (part.kind === 'text') return;
    }
  });
}

/** The same of a model for embeddings. */
export const examineEmbeddings = (server: Server, model: string): Promise<ModelFailure | null> =>
  failureOf(() =>
    openaiEmbeddings({ ...server, model, limit: PATIENCE }).embed(
      ['yes'],
      new AbortController().signal,
    ),
  );

async function failureOf(ask: () => Promise<unknown>): Promise<ModelFailure | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    return error instanceof ModelError ? error.failure : 'broken-answer';
  }
}
