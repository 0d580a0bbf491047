import type { ModelFailure } from '../app/ports/model.ts';
import { toModelError } from './modelErrors.ts';
import { openaiClient } from './openaiClient.ts';
import { redactError, redactor } from './redact.ts';

const TIMEOUT_MS = 10_000;

/** The model cannot be used; the message is one line for the owner. */
export class ModelCheckError extends Error {
  override readonly name = 'ModelCheckError';
}

/**
 * Asks the model's server for its list of models, so that a wrong key or address shows at the start
 * and not in the middle of someone's story. A server that has no such list passes.
 * @throws {ModelCheckError}
 */
export async function checkModel(model: {
  readonly baseURL: string;
  readonly apiKey: string | null;
  readonly name: string;
}): Promise<void> {
  const client = openaiClient({ ...model, timeout: TIMEOUT_MS });
  try {
    await client.models.list();
  } catch (cause) {
    const redact = redactor(model);
    const { failure } = toModelError(cause, { model: model.name, redact, now: Date.now() });
    const problem = PROBLEMS[failure];
    if (problem !== undefined)
      throw new ModelCheckError(problem, { cause: redactError(cause, redact) });
  }
}

const PROBLEMS: Partial<Record<ModelFailure, string>> = {
  'bad-key': 'LLM_API_KEY: the model server refuses this key.',
  unavailable: 'LLM_BASE_URL: no model server answers there. Start it, or check the address.',
  'timed-out':
    'LLM_BASE_URL: the model server does not answer in time. Start it, or check the address.',
};
