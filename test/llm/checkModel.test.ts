import { expect, onTestFinished, test } from 'vitest';
import { checkModel, ModelCheckError } from '../../src/llm/checkModel.ts';
import { type ModelServerOptions, startModelServer } from '../support/modelServer.ts';

async function check(options: ModelServerOptions, apiKey: string | null): Promise<unknown> {
  const server = await startModelServer(options);
  onTestFinished(() => server.close());
  return checkModel({ baseURL: server.url, apiKey, name: 'm' });
}

test('a server that lists its models passes, with and without a key', async () => {
  await check({}, null);
  await check({ apiKey: 'right' }, 'right');
});

test('a key that is refused is named by its setting, and not shown', async () => {
  const refused = check({ apiKey: 'right' }, 'wrong-secret');
  await expect(refused).rejects.toThrow(ModelCheckError);
  await expect(refused).rejects.toThrow(/^LLM_API_KEY: (?!.*wrong-secret)/);
});

test('a server that is not there is named by its setting, and its address not shown', async () => {
  const gone = checkModel({ baseURL: 'http://127.0.0.1:1/v1', apiKey: null, name: 'm' });
  await expect(gone).rejects.toThrow(/^LLM_BASE_URL: (?!.*127)/);
});

test('a server without a list of models passes', async () => {
  const server = await startModelServer();
  onTestFinished(() => server.close());
  await checkModel({ baseURL: server.url.replace('/v1', '/elsewhere'), apiKey: null, name: 'm' });
});
