import { expect, it, onTestFinished } from 'vitest';
import { openaiEmbeddings } from '../../src/llm/embeddings.ts';
import { type ModelServerOptions, startModelServer } from '../support/modelServer.ts';

async function serving(options: ModelServerOptions, apiKey: string | null = null) {
  const server = await startModelServer(options);
  onTestFinished(() => server.close());
  const made = openaiEmbeddings({ baseURL: server.url, apiKey, model: 'vectors', limit: 5_000 });
  const embed = (texts: readonly string[], signal = new AbortController().signal) =>
    made.embed(texts, signal);
  return { server, embed };
}

const lengths = (texts: readonly string[]) => texts.map((text) => [text.length, 4]);

it('every text gets its vector, of length 1, in batches', async () => {
  const { server, embed } = await serving({ vectors: lengths });
  const texts = Array.from({ length: 150 }, (_, index) => 'x'.repeat(index + 1));
  const vectors = await embed(texts);
  expect(server.embedded.map((batch) => batch.length)).toEqual([64, 64, 22]);
  expect(vectors).toHaveLength(150);
  expect([...(vectors[2] ?? [])]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1);
  expect(await embed([])).toEqual([]);
});

it.each<[string, ModelServerOptions, string]>([
  ['a vector is missing', { vectors: () => [[1, 2]] }, 'broken-answer'],
  ['vectors differ in size', { vectors: () => [[1], [1, 2]] }, 'broken-answer'],
  ['a vector is none', { vectors: () => ['one', null] }, 'broken-answer'],
  ['the server refuses the key', { vectors: lengths, apiKey: 'right' }, 'bad-key'],
  ['the server has none', {}, 'broken-answer'],
])('%s: it fails as a model does', async (_, options, failure) => {
  const { embed } = await serving(options, 'wrong');
  await expect(embed(['a', 'b'])).rejects.toMatchObject({ name: 'ModelError', failure });
});

it('stops when nobody wants it any more', async () => {
  const { embed } = await serving({ vectors: lengths });
  await expect(embed(['a'], AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
