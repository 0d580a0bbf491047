/** What a local model server can be told to answer, and how the answer looks on the wire. */

export const faultKinds = [
  'bad-key',
  'forbidden',
  'unknown-model',
  'rate-limited',
  'no-quota',
  'server-error',
  'overloaded',
  'context-too-long',
  'hang',
  'drop',
  'polite-end',
  'error-chunk',
  'nonsense',
  'web-page',
  'refusal',
  'content-filter',
  'length',
  'empty',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /**
   * `before` (the default): instead of an answer, with the HTTP status where there is one; `at`:
   * where the first word should come; `after`: when half of the words are out. Once the answer has
   * begun, what would have been a status is an error chunk.
   */
  readonly when?: 'before' | 'at' | 'after';
  /** Seconds in `Retry-After`. */
  readonly retryAfter?: number;
}

export interface Answer {
  readonly text?: string;
  /** The chunks to send; without them the text is cut into words. */
  readonly pieces?: readonly string[];
  /** Sent before the text as `reasoning_content`. */
  readonly thinking?: string;
  readonly tools?: readonly { readonly name: string; readonly arguments: unknown }[];
  /** An object to answer with as JSON text. */
  readonly json?: unknown;
  /** Null leaves it out, as some local servers do. */
  readonly finish?: string | null;
  /** Null leaves it out though it was asked for. */
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
  readonly model?: string;
  /** False: the stream ends without `[DONE]`. */
  readonly done?: boolean;
  readonly fault?: Fault;
  /** Holds every piece back until the test asks for it. */
  readonly steps?: Steps;
  /** Milliseconds between pieces, instead of the server's own. */
  readonly pace?: number;
  /** Written to the stream just as it is, one piece after another, instead of everything above. */
  readonly raw?: readonly string[];
}

/** Lets a test decide when each piece goes out, so that it never has to sleep. */
export interface Steps {
  /** Lets so many more pieces out; the end of the answer is a piece of its own. */
  next(pieces?: number): void;
  /** Lets everything out. */
  rest(): void;
  /** For the server: resolves when one more piece may go. */
  take(): Promise<void>;
}

export function stepped(): Steps {
  let allowed = 0;
  const waiting: (() => void)[] = [];
  const release = () => {
    while (allowed > 0 && waiting.length > 0) {
      allowed--;
      waiting.shift()?.();
    }
  };
  return {
    next(pieces = 1) {
      allowed += pieces;
      release();
    },
    rest() {
      allowed = Number.POSITIVE_INFINITY;
      release();
    },
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        release();
      }),
  };
}

export interface WireError {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<string, unknown>> };
}

/** The error bodies that hosted servers send; null for faults that are none. */
export function wireError(kind: FaultKind, model: string): WireError | null {
  const error = (
    status: number,
    type: string,
    code: string | null,
    message: string,
  ): WireError => ({
    status,
    body: { error: { message, type, param: null, code } },
  });
  switch (kind) {
    case 'bad-key':
      return error(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.');
    case 'forbidden':
      return error(403, 'permission_error', null, 'This key may not use chat completions.');
    case 'unknown-model':
      return error(
        404,
        'invalid_request_error',
        'model_not_found',
        `The model \`${model}\` does not exist or you do not have access to it.`,
      );
    case 'rate-limited':
      return error(429, 'requests', 'rate_limit_exceeded', 'Rate limit reached for requests.');
    case 'no-quota':
      return error(
        429,
        'insufficient_quota',
        'insufficient_quota',
        'You exceeded your current quota, please check your plan and billing details.',
      );
    case 'server-error':
      return error(
        500,
        'server_error',
        null,
        'The server had an error while processing the request.',
      );
    case 'overloaded':
      return error(503, 'service_unavailable', null, 'The engine is currently overloaded.');
    case 'context-too-long':
      return error(
        400,
        'invalid_request_error',
        'context_length_exceeded',
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9301 tokens.",
      );
    case 'content-filter':
      return error(
        400,
        'invalid_request_error',
        'content_filter',
        'The response was filtered due to the prompt triggering the content management policy.',
      );
    default:
      return null;
  }
}

/** The words of a text, each with the space before it, so that joining them gives the text again. */
export function wordsOf(text: string): string[] {
  return text.match(/\s*\S+(?:\s+$)?/g) ?? (text === '' ? [] : [text]);
}

/** The smallest value that a JSON schema allows, for answers that nobody scripted. */
export function smallestOf(schema: unknown, root: unknown = schema): unknown {
  const node = (schema ?? {}) as Record<string, unknown>;
  if (typeof node.$ref === 'string') {
    const path = node.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
    const target = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], root);
    return smallestOf(target, root);
  }
  if ('const' in node) return node.const;
  if (Array.isArray(node.enum)) return node.enum[0];
  const either = node.anyOf ?? node.oneOf;
  if (Array.isArray(either)) {
    if (either.some(({ type }) => type === 'null')) return null;
    return smallestOf(either[0], root);
  }
  if (Array.isArray(node.type) && node.type.includes('null')) return null;
  switch (Array.isArray(node.type) ? node.type[0] : node.type) {
    case 'object': {
      const properties = (node.properties ?? {}) as Record<string, unknown>;
      const required = Array.isArray(node.required) ? node.required : [];
      return Object.fromEntries(required.map((key) => [key, smallestOf(properties[key], root)]));
    }
    case 'array':
      return Array.from({ length: Number(node.minItems ?? 0) }, () => smallestOf(node.items, root));
    case 'string':
      return 'x'.repeat(Number(node.minLength ?? 0));
    case 'number':
    case 'integer':
      return Math.max(0, Number(node.minimum ?? 0));
    case 'boolean':
      return false;
    default:
      return null;
  }
}
