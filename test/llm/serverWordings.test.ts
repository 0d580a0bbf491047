import { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import type { ModelFailure } from '../../src/app/ports/model.ts';
import { toModelError } from '../../src/llm/modelErrors.ts';

describe('what the common servers say', () => {
  const about = { model: 'mistral-small', redact: (text: string) => text, now: 0 };
  const from = (status: number | undefined, body: object | string, headers = {}) =>
    toModelError(new APIError(status, body, undefined, new Headers(headers)), about);

  it.each<[string, number | undefined, object | string]>([
    [
      'llama.cpp',
      400,
      {
        code: 400,
        type: 'exceed_context_size_error',
        message: 'the request exceeds the available context size, try increasing it',
      },
    ],
    [
      'ik_llama.cpp',
      500,
      {
        code: 500,
        type: 'server_error',
        message: 'the request exceeds the available context size',
      },
    ],
    [
      'vLLM',
      400,
      {
        object: 'error',
        message:
          "This model's maximum context length is 6048 tokens. However, you requested 6616 tokens",
        type: 'BadRequestError',
        code: 400,
      },
    ],
    ['older vLLM', 400, { message: 'max_tokens must be at least 1, got -186.' }],
    [
      'llama-cpp-python',
      400,
      {
        code: 'context_length_exceeded',
        message: 'Requested tokens (2285) exceed context window of 2048',
      },
    ],
    [
      'LM Studio',
      undefined,
      {
        message:
          'Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
      },
    ],
    ['LM Studio MLX', undefined, { message: 'Context size has been exceeded.' }],
    [
      'Anthropic',
      400,
      {
        type: 'invalid_request_error',
        message: 'prompt is too long: 210000 tokens > 200000 maximum',
      },
    ],
    [
      'Gemini',
      400,
      [
        {
          error: {
            code: 400,
            message:
              'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
          },
        },
      ],
    ],
    [
      'Groq',
      413,
      {
        code: 'rate_limit_exceeded',
        message:
          'Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000',
      },
    ],
    [
      'TGI',
      422,
      {
        error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096.',
        error_type: 'validation',
      },
    ],
  ])('%s: the context is too long', (_, status, body) => {
    expect(from(status, body).failure).toBe('context-too-long');
  });

  it.each<[string, number, object | string]>([
    [
      'Ollama',
      404,
      { message: 'model "mistral-small" not found, try pulling it first', type: 'not_found_error' },
    ],
    [
      'vLLM',
      404,
      { object: 'error', message: 'The model `mistral-small` does not exist.', code: 404 },
    ],
    ['OpenRouter', 400, { code: 400, message: 'mistral-small is not a valid model ID' }],
    ['LM Studio', 404, { message: 'No models loaded. Please load a model in the developer page.' }],
  ])('%s: the model is unknown', (_, status, body) => {
    expect(from(status, body).failure).toBe('unknown-model');
  });

  it.each<[string, number, object | string, ModelFailure]>([
    ['xAI refuses a key', 400, 'Incorrect API key provided: xx***yy', 'bad-key'],
    [
      'Gemini refuses a key',
      400,
      [{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.' } }],
      'bad-key',
    ],
    [
      'OpenRouter flags the input',
      403,
      { code: 403, message: 'Your input was flagged', metadata: { reasons: ['violence'] } },
      'refused',
    ],
    ['DeepSeek flags the input', 400, { message: 'Content Exists Risk' }, 'refused'],
    [
      'OpenRouter has no credits',
      402,
      { code: 402, message: 'Insufficient credits' },
      'rate-limited',
    ],
    [
      'llama.cpp is loading',
      503,
      { code: 503, message: 'Loading model', type: 'unavailable_error' },
      'unavailable',
    ],
    ['a path that does not exist', 404, { message: 'Not Found' }, 'broken-answer'],
    [
      'a request that makes no sense',
      400,
      { message: "Invalid type for 'messages'" },
      'broken-answer',
    ],
    ['a request timeout', 408, { message: 'Request timeout' }, 'timed-out'],
  ])('%s', (_, status, body, failure) => {
    expect(from(status, body).failure).toBe(failure);
  });

  it.each<[string, number | null]>([
    ['Please try again in 7.5s.', 7.5],
    ['Please try again in 1m30s.', 90],
    ['Please try again in 240ms.', 0.24],
    ['Slow down.', null],
  ])('"%s" is a wait of %s s', (message, seconds) => {
    expect(from(429, { message }).retryAfter).toBe(seconds);
  });

  it('a date in Retry-After counts from now', () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 1970 00:00:12 GMT' };
    expect(from(429, { message: 'Slow down.' }, headers).retryAfter).toBe(12);
  });
});
