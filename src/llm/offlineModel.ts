import type { Model, ModelPart, ModelRequest } from '../app/ports/model.ts';
import { abortError, systemClock, waitFor } from './clock.ts';
import { composeAnswer } from './offlineAnswer.ts';
import { fillForm } from './offlineForm.ts';

export interface OfflineModelOptions {
  /** Milliseconds between every few words; 0 says everything at once. */
  readonly pace?: number;
  /** Rejects with an `AbortError` when the signal fires. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const wordsAtOnce = 2;

/**
 * The stand-in for a model when none is configured: it answers by rules from the character's sheet
 * and the last turn, both of which it reads out of the request (DESIGN 11). It is not a language
 * model and does not pose as one: it names itself `offline`, says what it is when asked, and reports
 * no usage, since it counts no tokens (`maxTokens` bounds its words).
 *
 * A request that binds its answer to a shape is answered by rules as well, see `offlineForm.ts`.
 *
 * The same request, `variant` included, gets the same answer: there is no randomness, no clock and no state in it.
 */
export function offlineModel(options: OfflineModelOptions = {}): Model {
  const { pace = 40, wait = (ms, signal) => waitFor(systemClock, ms, signal) } = options;

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    if (signal.aborted) throw abortError();
    if (request.format !== undefined) {
      // Nobody reads it as it comes, and half of it would be of no use.
      yield { kind: 'text', text: fillForm(request, request.format) };
      yield { kind: 'end', finish: 'stop', model: 'offline', usage: null };
      return;
    }
    const words = composeAnswer(request).match(/\s*\S+/g) ?? [];
    const most = Math.min(words.length, request.sampling.maxTokens);
    for (let at = 0; at < most; at += wordsAtOnce) {
      if (signal.aborted) throw abortError();
      if (pace > 0) await wait(pace, signal);
      yield { kind: 'text', text: words.slice(at, Math.min(at + wordsAtOnce, most)).join('') };
    }
    if (signal.aborted) throw abortError();
    const finish = most < words.length ? 'length' : 'stop';
    yield { kind: 'end', finish, model: 'offline', usage: null };
  }

  return { stream };
}
