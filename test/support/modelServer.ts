import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { type Answer, smallestOf, type WireError, wireError } from './modelAnswers.ts';
import { type ChatBody, sendError, sendJson, sendReply } from './modelReply.ts';

export { type Answer, type Fault, type FaultKind, type Steps, stepped } from './modelAnswers.ts';
export type { ChatBody } from './modelReply.ts';

export interface RecordedRequest {
  readonly body: ChatBody;
  /** Whether an Authorization header came with it; what it held is not kept. */
  readonly hasKey: boolean;
  /** Resolves when the connection's part in it is over: answered whole, or given up by the client. */
  readonly over: Promise<'answered' | 'abandoned'>;
}

export type Script = string | Answer | ((request: RecordedRequest) => string | Answer);

export interface ModelServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The only key taken; without it every request is let in, with or without one. */
  readonly apiKey?: string;
  /** The only models known; without them every name is. */
  readonly models?: readonly string[];
  /** Milliseconds between chunks. */
  readonly pace?: number;
  readonly wordsPerChunk?: number;
  /** What is answered when nothing is scripted. */
  readonly answer?: Script;
  /** Names of request fields answered with a 400 that names them; `json_schema` for that response format. */
  readonly refuse?: readonly string[];
  /** The embeddings of texts; without it the server has none. */
  readonly vectors?: (texts: readonly string[]) => readonly unknown[] | Promise<readonly unknown[]>;
  /** Takes one system message at most and then user and assistant by turns, as some chat templates do. */
  readonly strictRoles?: boolean;
}

export interface ModelServer {
  /** The base URL, `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Those for a reply. */
  readonly requests: readonly RecordedRequest[];
  /** Those of the classifier, which ask for JSON, but for those before a story begins. */
  readonly classifications: readonly RecordedRequest[];
  /** Those of the classifier about an opening. */
  readonly kickoffs: readonly RecordedRequest[];
  /** The texts of each request for embeddings. */
  readonly embedded: readonly (readonly string[])[];
  /** Queues answers, one for each request to come. */
  script(...answers: Script[]): void;
  /** The same for the classifier, which otherwise hears that nothing happened. */
  scriptClassifier(...answers: Script[]): void;
  /** The same for openings, of which it otherwise finds nothing. */
  scriptKickoff(...answers: Script[]): void;
  /** The request with this number, counted from 0, as soon as it has come. */
  request(index: number): Promise<RecordedRequest>;
  /** Drops what is still open and stops listening. */
  close(): Promise<void>;
}

/** A local server that speaks OpenAI's chat completions as far as clients use them, and fails on demand. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const requests: RecordedRequest[] = [];
  const scripted: Script[] = [];
  const classifications: RecordedRequest[] = [];
  const scriptedClassifier: Script[] = [];
  const kickoffs: RecordedRequest[] = [];
  const scriptedKickoff: Script[] = [];
  const embedded: (readonly string[])[] = [];
  const awaited = new Map<number, PromiseWithResolvers<RecordedRequest>>();
  const closing = new AbortController();

  const server = createServer((incoming, outgoing) => {
    // Writing to a client that has just gone is an 'error' event, which nobody listening to would crash.
    outgoing.on('error', () => {});
    respond(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const text = await readText(incoming);
    const path = new URL(incoming.url ?? '/', 'http://server').pathname;
    const key = incoming.headers.authorization;
    if (options.apiKey !== undefined && key !== `Bearer ${options.apiKey}`) {
      return sendError(outgoing, wireError('bad-key', ''));
    }
    if (incoming.method === 'GET' && path === '/v1/models') {
      const data = (options.models ?? ['test-model']).map((id) => ({
        id,
        object: 'model',
        owned_by: 'tests',
      }));
      return sendJson(outgoing, 200, { object: 'list', data });
    }
    if (incoming.method === 'POST' && path === '/v1/embeddings') {
      const { input } = JSON.parse(text) as { input: readonly string[] };
      embedded.push(input);
      const vectors = await options.vectors?.(input);
      if (vectors === undefined) return sendError(outgoing, refusal(404, 'No embeddings here.'));
      const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
      return sendJson(outgoing, 200, { object: 'list', data });
    }
    if (incoming.method !== 'POST' || path !== '/v1/chat/completions') {
      return sendError(outgoing, refusal(404, `No route for ${incoming.method} ${path}.`));
    }
    const body = parseBody(text);
    if (typeof body === 'string') return sendError(outgoing, refusal(400, body));
    const { promise: over, resolve } = Promise.withResolvers<'answered' | 'abandoned'>();
    outgoing.on('close', () => resolve(outgoing.writableFinished ? 'answered' : 'abandoned'));
    const request: RecordedRequest = { body, hasKey: key !== undefined, over };
    const classifies = asksForJson(body);
    const begins = classifies && JSON.stringify(body.messages).includes('is about to begin');
    if (begins) kickoffs.push(request);
    else if (classifies) classifications.push(request);
    else {
      requests.push(request);
      awaited.get(requests.length - 1)?.resolve(request);
    }
    const objection = objectionTo(body, options);
    if (objection) return sendError(outgoing, objection);
    const queue = begins ? scriptedKickoff : classifies ? scriptedClassifier : scripted;
    const script = queue.shift() ?? options.answer ?? defaultAnswer;
    const chosen = typeof script === 'function' ? script(request) : script;
    const answer = typeof chosen === 'string' ? { text: chosen } : chosen;
    await sendReply(outgoing, { body, answer, options, closing: closing.signal });
  }

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    classifications,
    kickoffs,
    embedded,
    script: (...answers) => void scripted.push(...answers),
    scriptClassifier: (...answers) => void scriptedClassifier.push(...answers),
    scriptKickoff: (...answers) => void scriptedKickoff.push(...answers),
    request(index) {
      const come = requests[index];
      if (come) return Promise.resolve(come);
      const waiting = awaited.get(index) ?? Promise.withResolvers<RecordedRequest>();
      awaited.set(index, waiting);
      return waiting.promise;
    },
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As the classifier does, whichever way it binds the answer. */
function asksForJson({ response_format, messages }: ChatBody): boolean {
  return (
    response_format !== undefined ||
    JSON.stringify(messages.at(-1)?.content).includes('Answer with one JSON object')
  );
}

function defaultAnswer({ body }: RecordedRequest): Answer {
  const format = body.response_format;
  if (format?.type === 'json_schema') return { json: smallestOf(format.json_schema?.schema) };
  if (format?.type === 'json_object') return { json: {} };
  return { text: 'Hello there.' };
}

function parseBody(text: string): ChatBody | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'We could not parse the JSON body of your request.';
  }
  const { model, messages } = (body ?? {}) as Partial<ChatBody>;
  if (typeof model !== 'string' || model === '') return 'you must provide a model parameter';
  if (!Array.isArray(messages) || messages.length === 0)
    return "'messages' must be a non-empty array.";
  const roles = ['system', 'developer', 'user', 'assistant', 'tool'];
  const wrong = messages.findIndex(
    (message) =>
      !roles.includes(message?.role) ||
      !(typeof message.content === 'string' || Array.isArray(message.content)),
  );
  return wrong === -1 ? (body as ChatBody) : `Invalid value at 'messages[${wrong}]'.`;
}

function objectionTo(body: ChatBody, options: ModelServerOptions): WireError | null {
  if (options.models && !options.models.includes(body.model))
    return wireError('unknown-model', body.model);
  for (const field of options.refuse ?? []) {
    const used =
      field === 'json_schema' ? body.response_format?.type === field : body[field] !== undefined;
    if (!used) continue;
    const instead = field === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
    return refusal(
      400,
      `Unsupported parameter: '${field}' is not supported with this model.${instead}`,
      field,
    );
  }
  if (options.strictRoles) {
    const roles = body.messages.map(({ role }) => role);
    if (roles[0] === 'system') roles.shift();
    if (roles.some((role, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))) {
      return refusal(400, 'Conversation roles must alternate user/assistant/user/assistant/...');
    }
  }
  return null;
}

function refusal(status: number, message: string, param: string | null = null): WireError {
  const code = param === null ? null : 'unsupported_parameter';
  return { status, body: { error: { message, type: 'invalid_request_error', param, code } } };
}
