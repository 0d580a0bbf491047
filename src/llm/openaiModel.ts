import { APIError, type OpenAI } from 'openai';
import {
  FormatRefused,
  type Model,
  ModelError,
  type ModelPart,
  type ModelRequest,
} from '../app/ports/model.ts';
import { answerReader } from './answerReader.ts';
import {
  type Concessions,
  chatRequest,
  concede,
  noConcessions,
  refusesFormat,
} from './chatRequest.ts';
import { abortError, type Clock, systemClock, waitFor } from './clock.ts';
import { refusalText, toModelError } from './modelErrors.ts';
import { openaiClient } from './openaiClient.ts';
import { type Redact, redactError, redactor } from './redact.ts';
import { type EndSeen, watchEnd } from './watchEnd.ts';

export interface OpenaiModelOptions {
  /** Up to and with the version, as in `https://api.openai.com/v1`. */
  readonly baseURL: string;
  /** Null or '' for servers without keys: no Authorization header is sent then. */
  readonly apiKey: string | null;
  /**
   * Milliseconds from the request to the first thing that the model says or thinks. Comments and
   * empty chunks that only keep the connection alive do not count.
   */
  readonly firstPartTimeout: number;
  /** Milliseconds between two things that it says or thinks. */
  readonly idleTimeout: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: ModelLog;
  readonly clock?: Clock;
}

/** The part of a pino logger that is used. Nothing logged holds the key, the address or the prompt. */
export interface ModelLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Seconds that a server may ask to wait for the one retry that is made here. */
const longestRetryWait = 5;
/** Milliseconds before the retry when the server named no time. */
const retryPause = 500;
/** Milliseconds in which the token counts may follow the end of the answer. */
const countsGrace = 5_000;
/** The SDK's own timer, put out of the way (the longest that Node takes): the deadlines are ours. */
const never = 2 ** 31 - 1;

/**
 * A model behind any server that speaks OpenAI's chat completions: hosted, or llama.cpp, Ollama,
 * vLLM, LM Studio and the like.
 *
 * - Fields that a server refuses (`stream_options`, sampling, images, tools …) are left out or
 *   renamed, which is remembered per model as long as this object lives.
 * - Before anything was said, one retry is made, after the time that the server asks for (up to
 *   5 s) or 0.5 s: when the server is unavailable or its connection broke; when it is rate limited
 *   only if it says for how long. Nothing else is asked twice.
 * - An answer's format is never left out: whoever asked for it words the prompt by it.
 * - Thinking is never given out, whether it comes as a field of its own or as `<think>` in the text.
 */
export function openaiModel(options: OpenaiModelOptions): Model {
  const { baseURL, firstPartTimeout, idleTimeout, log, clock = systemClock } = options;
  const redact = redactor({ apiKey: options.apiKey, baseURL });
  const { fetch, endSeen } = watchEnd(options.fetch ?? globalThis.fetch);
  const client = openaiClient({ baseURL, apiKey: options.apiKey, fetch, timeout: never });
  const learned = new Map<string, Concessions>();

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    let concessions = learned.get(request.model) ?? noConcessions;
    let retried = false;
    for (;;) {
      let spoke = false;
      try {
        const answer = ask({
          client,
          request,
          concessions,
          signal,
          endSeen,
          firstPartTimeout,
          idleTimeout,
          clock,
          redact,
        });
        for await (const part of answer) {
          if (!spoke) learned.set(request.model, concessions);
          spoke = true;
          yield part;
        }
        return;
      } catch (error) {
        if (signal.aborted) throw abortError();
        const refusal = spoke ? '' : refusalText(error);
        const failed = toModelError(error, { model: request.model, redact, now: clock.now() });
        const body = chatRequest(request, concessions);
        if (body.response_format && isMisfit(failed) && refusesFormat(refusal)) {
          throw new FormatRefused(failed.message, { cause: failed.cause });
        }
        const conceded = concede(refusal, body, concessions);
        if (conceded) {
          const { without, maxCompletionTokens, strictRoles } = conceded;
          log?.info(
            { model: request.model, without: [...without], maxCompletionTokens, strictRoles },
            'The model server refused a part of the request; asking without it',
          );
          concessions = conceded;
          continue;
        }
        const { failure, message, retryAfter } = failed;
        const pause = spoke || retried ? null : retryWait(failed);
        log?.warn({ model: request.model, failure, retryAfter, retries: pause !== null }, message);
        if (pause === null) throw failed;
        retried = true;
        await waitFor(clock, pause, signal);
      }
    }
  }

  return { stream };
}

/** Neither the key, the model's name, the length nor the words are what a server minds. */
const isMisfit = ({ failure }: ModelError): boolean =>
  failure === 'broken-answer' || failure === 'unavailable';

/** Milliseconds to wait before asking once more; null when that makes no sense. */
function retryWait({ failure, retryAfter }: ModelError): number | null {
  if (retryAfter !== null && retryAfter > longestRetryWait) return null;
  if (failure === 'unavailable') return retryAfter === null ? retryPause : retryAfter * 1000;
  if (failure === 'rate-limited' && retryAfter !== null) return retryAfter * 1000;
  return null;
}

interface Ask {
  client: OpenAI;
  request: ModelRequest;
  concessions: Concessions;
  signal: AbortSignal;
  endSeen: EndSeen;
  firstPartTimeout: number;
  idleTimeout: number;
  clock: Clock;
  redact: Redact;
}

/** One request and its answer; throws whatever went wrong as it came. */
async function* ask(given: Ask): AsyncGenerator<ModelPart> {
  const { client, request, signal, firstPartTimeout, idleTimeout, clock } = given;
  if (signal.aborted) throw abortError();
  const connection = new AbortController();
  const stop = () => connection.abort();
  signal.addEventListener('abort', stop, { once: true });
  let late: ModelError | undefined;
  const deadline = (ms: number, what: string) =>
    clock.after(ms, () => {
      late = new ModelError('timed-out', `The model said nothing for ${ms / 1000} s ${what}`);
      connection.abort();
    });
  let cancel = deadline(firstPartTimeout, 'after the request');
  const reader = answerReader(request.model);
  try {
    const body = chatRequest(request, given.concessions);
    const { data, response } = await client.chat.completions
      .create(body, { signal: connection.signal })
      .withResponse();
    const kind = response.headers.get('content-type') ?? '';
    const chunks = /json|html/.test(kind) ? whole(response, kind, given.redact) : data;
    for await (const chunk of chunks) {
      const wasFinished = reader.finished();
      const { parts, alive } = reader.read(chunk);
      if (reader.finished() && !wasFinished) {
        cancel();
        yield* parts;
        cancel = deadline(Math.min(idleTimeout, countsGrace), 'after its answer');
      } else if (alive) {
        // Stopped meanwhile: how long the reader of the parts takes is not the model's silence.
        cancel();
        yield* parts;
        cancel = deadline(idleTimeout, 'in the middle of the answer');
      }
    }
    if (signal.aborted) throw abortError();
    if (late && !reader.finished()) throw late;
    yield* reader.end(chunks !== data || given.endSeen(response));
  } catch (error) {
    if (signal.aborted) throw abortError();
    if (error instanceof ModelError) throw error;
    // A server that drops the connection after it said that it was done has said everything.
    if (reader.finished()) return yield* reader.end(true);
    if (late) {
      const cause = redactError(error, given.redact);
      throw new ModelError(late.failure, late.message, { cause });
    }
    throw error;
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
    // Whoever stops listening stops the request.
    connection.abort();
  }
}

/** An answer that did not come as a stream: complete, an error with status 200, or a web page. */
async function* whole(response: Response, kind: string, redact: Redact): AsyncGenerator<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    const what = kind.includes('html') ? 'a web page' : 'something that is not JSON';
    throw new ModelError('broken-answer', `The model server answered with ${what}`, {
      cause: redactError(cause, redact),
    });
  }
  const holder: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof holder === 'object' && holder !== null && 'error' in holder && holder.error) {
    throw new APIError(undefined, holder.error, undefined, response.headers);
  }
  yield body;
}
