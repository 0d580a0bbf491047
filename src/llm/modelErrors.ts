import { APIConnectionError, APIError } from 'openai';
import { ModelError, type ModelFailure } from '../app/ports/model.ts';
import { type Redact, redactError } from './redact.ts';

/** What a failed request says about itself, whichever layer it failed in. */
interface Facts {
  readonly status: number | null;
  /** Codes, types and words of the server's error and of its causes. */
  readonly text: string;
  readonly headers: Headers | null;
  /** The server reported it, as opposed to a connection that broke or an answer that made no sense. */
  readonly fromServer: boolean;
}

/** Longest part of a server's own words that a message quotes. */
const maxQuote = 300;

/**
 * Turns whatever the SDK, the socket or the server threw into a `ModelError` that tells what a
 * person can do about it. The message, and the messages and stacks of its causes, hold neither key
 * nor address.
 */
export function toModelError(
  error: unknown,
  about: { model: string; redact: Redact; now: number },
): ModelError {
  if (error instanceof ModelError) return error;
  const facts = factsOf(error);
  const failure = failureOf(facts, about.model);
  const quote = about.redact(serverWords(error)).replace(/\s+/g, ' ').trim().slice(0, maxQuote);
  const status = facts.status === null ? '' : ` (${facts.status})`;
  return new ModelError(failure, `${headlines[failure]}${status}${quote && `: ${quote}`}`, {
    cause: redactError(error, about.redact),
    retryAfter:
      failure === 'rate-limited' || failure === 'unavailable' ? retryAfter(facts, about.now) : null,
  });
}

/** The server's words for a refusal, to see what it refuses; '' when it did not answer at all. */
export function refusalText(error: unknown): string {
  if (!(error instanceof APIError)) return '';
  const facts = factsOf(error);
  return facts.status !== null && facts.status >= 400 ? facts.text : '';
}

const headlines: Readonly<Record<ModelFailure, string>> = {
  'bad-key': 'The model server refused the key',
  'unknown-model': 'The model server does not know the model',
  'rate-limited': 'The model server takes no more requests for now',
  unavailable: 'The model server is not available',
  'timed-out': 'The model server did not answer in time',
  'context-too-long': 'The prompt is too long for the model',
  refused: 'The model refused to answer',
  'broken-answer': 'The model server gave no usable answer',
};

/** Wordings of OpenAI, OpenRouter, vLLM, llama.cpp, Ollama, LM Studio, Anthropic, Gemini, Mistral, TGI. */
const tooLong =
  /context_length_exceeded|exceed_context_size|maximum context length|max_model_len|(context|prompt)( length| size| window)?( has been| was| is)? exceed|exceed(s|ed|ing)?( the)?( model'?s?)?( available| maximum| configured)? (context|prompt)|context (the )?overflow|reached context length|(prompt|input)( is)? too (long|large)|input token count.*exceed|(input|prompt) length.*exceed|reduce the length of|too large for model|max_new_tokens.*must be <=|max_tokens must be at least 1, got -|request too large|tokens > \d+ maximum|larger than the context/i;
const withheld =
  /content_filter|content_policy|content management policy|content policy|data_inspection_failed|flagged|moderation|content exists risk|usage polic(y|ies)|responsible ?ai/i;
const keyWords =
  /(incorrect|invalid|missing|no|expired|wrong)[ _]api[ _-]?key|api[ _-]?key[ _](not valid|is (invalid|missing|required)|expired|invalid)|invalid_api_key|unauthenticated|invalid authentication/i;
const noMoney =
  /insufficient_quota|insufficient (credit|balance|fund|quota)|exceeded your current quota|billing|credit balance|payment required/i;
const unknown =
  /model_not_found|(no such|unknown|invalid|not a valid) model|model\b.{0,120}(not found|(does not|doesn't|not) exist|is (invalid|unknown|not available|not a valid))|is not a valid model|no models? (is |are )?(currently )?loaded|try pulling it|no endpoints found/i;
const rateWords = /rate.?limit|too many requests|resource.?exhausted|overloaded_quota/i;
const timeoutWords = /ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|timed? ?out/;
const connectionWords =
  /fetch failed|terminated|other side closed|socket|network|connection|ECONN|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|UND_ERR|getaddrinfo|certificate|CERT_|\bTLS|\bSSL/i;

function failureOf({ status, text, fromServer }: Facts, model: string): ModelFailure {
  const refusal =
    fromServer && (status === null || (status >= 400 && status < 500) || status === 500);
  if (refusal && tooLong.test(text)) return 'context-too-long';
  if (status === 413) return 'context-too-long';
  if (status === 402 || status === 429) return 'rate-limited';
  if (refusal && noMoney.test(text)) return 'rate-limited';
  if (refusal && status !== 500 && withheld.test(text)) return 'refused';
  if (status === 401 || status === 403) return 'bad-key';
  // The key is the only part of a header that a person writes.
  if (/invalid header value|ByteString/.test(text)) return 'bad-key';
  if (refusal && keyWords.test(text)) return 'bad-key';
  if (
    refusal &&
    status !== 500 &&
    (unknown.test(text) || (status === 404 && text.includes(model)))
  ) {
    return 'unknown-model';
  }
  if (status === 408) return 'timed-out';
  if (status !== null && status >= 500) return 'unavailable';
  if (status !== null && status >= 400) return 'broken-answer';
  if (rateWords.test(text)) return 'rate-limited';
  if (timeoutWords.test(text)) return 'timed-out';
  // An error report in a stream that says nothing more, or a connection refused, reset, dropped.
  return fromServer || connectionWords.test(text) ? 'unavailable' : 'broken-answer';
}

function factsOf(error: unknown): Facts {
  const words: string[] = [];
  let status: number | null = null;
  let headers: Headers | null = null;
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    words.push(at.name, at.message);
    if ('code' in at && at.code != null) words.push(String(at.code));
    if (at instanceof APIError) {
      status ??= at.status ?? statusIn(at.error);
      headers ??= at.headers ?? null;
      words.push(...leaves(at.error));
    }
  }
  const fromServer = error instanceof APIError && !(error instanceof APIConnectionError);
  return { status, text: words.join('\n'), headers, fromServer };
}

/** Every value of an error body with its key, each on a line of its own. */
function leaves(value: unknown, key = ''): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, name));
  }
  return value === undefined || value === null ? [] : [`${key}: ${value}`];
}

/** The HTTP status that an error report inside a stream names as its code, if it does. */
function statusIn(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || !('code' in body)) return null;
  const code = Number(body.code);
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : null;
}

/** The most telling sentence: the server's own, else the innermost cause of a broken connection. */
function serverWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof APIError && error.error) {
    const body: unknown = Array.isArray(error.error) ? error.error[0] : error.error;
    if (typeof body === 'string') return body;
    for (const holder of [body, inside(body, 'error')]) {
      const message = inside(holder, 'message') ?? inside(holder, 'detail');
      if (typeof message === 'string') return message;
      if (message !== undefined) return JSON.stringify(message);
    }
    return JSON.stringify(body);
  }
  if (error instanceof APIError && error.status !== undefined) {
    // A proxy's page says nothing that its status does not.
    return /<(!doctype|html)/i.test(error.message) ? '' : error.message.replace(/^\d+ /, '');
  }
  let innermost: Error = error;
  for (let depth = 0; innermost.cause instanceof Error && depth < 6; depth++)
    innermost = innermost.cause;
  const code = 'code' in innermost && innermost.code != null ? String(innermost.code) : '';
  return innermost.message.includes(code) ? innermost.message : `${code} ${innermost.message}`;
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** Seconds, from the headers or else from the words ("try again in 1m7.5s"). */
function retryAfter({ headers, text }: Facts, now: number): number | null {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (ms >= 0) return ms / 1000;
  const header = headers?.get('retry-after');
  if (header) {
    const seconds = Number(header);
    if (seconds >= 0) return seconds;
    const at = Date.parse(header);
    if (!Number.isNaN(at)) return Math.max(0, (at - now) / 1000);
  }
  const delay =
    /(?:try again in|retry in|retryDelay"?:\s*"?)\s*(?:(\d+)m(?!s))?\s*(?:([\d.]+)(ms|s))?/i.exec(
      text,
    );
  if (!delay || (!delay[1] && !delay[2])) return null;
  const seconds = Number(delay[2] ?? 0) / (delay[3] === 'ms' ? 1000 : 1);
  return Number(delay[1] ?? 0) * 60 + seconds;
}
