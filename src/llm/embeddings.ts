import type { Embeddings } from '../app/ports/embeddings.ts';
import { ModelError } from '../app/ports/model.ts';
import { abortError, type Clock, systemClock } from './clock.ts';
import { toModelError } from './modelErrors.ts';
import { openaiClient } from './openaiClient.ts';
import { redactor } from './redact.ts';

export interface EmbeddingsOptions {
  readonly baseURL: string;
  readonly apiKey: string | null;
  readonly model: string;
  /** Milliseconds that one request may take. */
  readonly limit: number;
  readonly clock?: Clock;
}

/** Texts in one request: what the smallest of the common servers takes. */
const AT_ONCE = 64;
/** Characters of a text at most: a memory is far shorter, and some servers refuse what is too long. */
const LONGEST = 6_000;

/** Vectors from a server that speaks OpenAI's embeddings; in batches, one after another. */
export function openaiEmbeddings(options: EmbeddingsOptions): Embeddings {
  const { model, limit, clock = systemClock } = options;
  const client = openaiClient({ ...options, timeout: limit });
  const redact = redactor(options);

  async function batch(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    try {
      // Without a format the SDK asks for base64, which not every local server knows.
      const input = texts.map((text) => text.slice(0, LONGEST).toWellFormed() || ' ');
      const answer = await client.embeddings.create(
        { model, input, encoding_format: 'float' },
        { signal },
      );
      return vectorsOf(answer, texts.length);
    } catch (error) {
      if (signal.aborted) throw abortError();
      throw toModelError(error, { model, redact, now: clock.now() });
    }
  }

  return {
    model,
    async embed(texts, signal) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += AT_ONCE) {
        vectors.push(...(await batch(texts.slice(from, from + AT_ONCE), signal)));
      }
      return vectors;
    },
  };
}

function vectorsOf(answer: unknown, expected: number): Float32Array[] {
  const { data } = (answer ?? {}) as { data?: unknown };
  const rows = Array.isArray(data) ? (data as { index?: unknown; embedding?: unknown }[]) : [];
  const vectors: Float32Array[] = [];
  for (const [place, { index, embedding }] of rows.entries()) {
    if (!Array.isArray(embedding) || !embedding.every(Number.isFinite)) break;
    vectors[typeof index === 'number' ? index : place] = unit(embedding as number[]);
  }
  const size = vectors[0]?.length ?? 0;
  const whole = Array.from({ length: expected }, (_, index) => vectors[index]);
  if (vectors.length !== expected || size === 0 || whole.some((each) => each?.length !== size)) {
    throw new ModelError('broken-answer', 'The model server gave no usable vectors');
  }
  return vectors;
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
}
