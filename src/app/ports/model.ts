/** The one interface behind which every model stands: a hosted one, a local one, the offline one. */
export interface Model {
  /**
   * Streams one answer. Text parts arrive as the model says them; the last part is always `end`.
   * @throws {ModelError} for every failure, before or between parts; `AbortError` when `signal` fires.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

/** The name of the labelled stand-in that needs no server (DESIGN 11). */
export const OFFLINE_MODEL = 'offline';

export interface ModelRequest {
  /** Model name as the provider knows it. */
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly sampling: Sampling;
  readonly tools?: readonly ModelTool[];
  /** The answer must be JSON of this shape. */
  readonly format?: AnswerFormat;
  /** Which answer to the same request this is to be, counted from 0: the offline model has no chance in it. */
  readonly variant?: number;
}

/** How an answer is bound to a shape (DESIGN 4); which way a model can be bound is found by trying. */
export interface AnswerFormat {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /**
   * `json_schema`: the provider holds the model to the schema; `json_object`: to JSON of any shape;
   * `prompt`: to nothing, the messages alone ask for it.
   */
  readonly by: 'json_schema' | 'json_object' | 'prompt';
  /** JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: readonly ContentPart[];
}

export type ContentPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `url` is https or a data URL. */
  | { readonly kind: 'image'; readonly url: string };

export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  /** Upper bound of the answer, in the model's tokens. */
  readonly maxTokens: number;
  readonly stop?: readonly string[];
}

export type ModelPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool'; readonly name: string; readonly arguments: string }
  | {
      readonly kind: 'end';
      /** `length`: cut off at `maxTokens`; `filter`: the provider withheld the rest. */
      readonly finish: 'stop' | 'length' | 'filter';
      /** The model that answered, as the provider named it. */
      readonly model: string;
      readonly usage: Usage | null;
    };

/** Tokens as the provider counted them. */
export interface Usage {
  readonly input: number;
  readonly output: number;
}

/** What went wrong, told apart by what a person can do about it (DESIGN 9). */
export type ModelFailure =
  | 'bad-key'
  | 'unknown-model'
  | 'rate-limited'
  | 'unavailable'
  | 'timed-out'
  | 'context-too-long'
  | 'refused'
  | 'broken-answer';

export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly failure: ModelFailure;
  /** Seconds until the provider takes requests again, where it said so. */
  readonly retryAfter: number | null;

  /** @param message one line for the log; never holds a key or an address. */
  constructor(
    failure: ModelFailure,
    message: string,
    options: { cause?: unknown; retryAfter?: number | null } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** The provider does not bind answers the way that was asked for; another way may do. */
export class FormatRefused extends ModelError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('broken-answer', message, options);
  }
}
