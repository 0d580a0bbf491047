import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Discord } from '../discord.ts';
import { DiscordError, refuse } from '../discordError.ts';
import type { Verdict } from '../rateLimits.ts';
import type { RequestFault } from '../requestFaults.ts';
import { type ApiRequest, checkParams, noRoute, Reply, type Route } from './apiRequest.ts';
import { parseBody, readBytes } from './body.ts';
import type { Router } from './router.ts';

interface Answer {
  status: number;
  body?: object | undefined;
  headers: Record<string, string>;
  injected?: boolean;
}

/** Answers a request to `/api`: faults, authorization, limits, then the route itself. */
export async function serveApi(
  discord: Discord,
  router: Router,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const method = request.method ?? 'GET';
  const version = /^\/api\/v(\d+)\//.exec(url.pathname)?.[1];
  const path = url.pathname.replace(/^\/api(\/v\d+)?/, '') || '/';
  const startedAt = discord.clock.now();
  const found = router.find(method, path);
  const route = typeof found === 'string' ? undefined : found.route;
  const faults = discord.faults.take(method, path);
  if (drops(faults, 'before')) {
    discord.journal.addLost(startedAt, method, path, route ? `${method} ${route.path}` : path);
    return destroy(request);
  }
  await wait(discord, faults, true);

  let given: ApiRequest | undefined;
  const answer = await settle(async () => {
    const bytes = await readBytes(request);
    const injected = faults.find((fault) => fault.kind === 'status');
    if (injected) return injectedAnswer(injected);
    if (version !== undefined && version !== '10' && version !== '9')
      throw refuse('invalidApiVersion');
    if (discord.limits.banned) return { status: 429, headers: { 'retry-after': '600' } };
    if (typeof found === 'string') throw noRoute(found === 'wrongMethod');
    authorize(discord, found.route, request);
    const verdict = discord.limits.take(limitedBy(discord, found.route, found.params, url));
    if (verdict.retryAfter !== undefined) return tooMany(verdict, verdict.retryAfter);
    const parsed = await parseBody(bytes, request.headers['content-type'] ?? '');
    const asked = { method, path, params: found.params, query: url.searchParams, ...parsed };
    given = asked;
    const limited = await settle(async () => {
      checkParams(found.params);
      return toAnswer(discord.world.store.together(() => found.route.handle(discord, asked)));
    });
    return { ...limited, headers: { ...limited.headers, ...verdict.headers } };
  });

  if ([401, 403, 429].includes(answer.status) && answer.headers['x-ratelimit-scope'] !== 'shared') {
    discord.limits.countInvalid();
  }
  const error = answer.body as { code?: number; message?: string; errors?: unknown } | undefined;
  discord.journal.addRequest({
    at: startedAt,
    method,
    path,
    route: route ? `${method} ${route.path}` : `${method} ${path}`,
    thread: url.searchParams.get('thread_id'),
    status: answer.status,
    code: answer.status >= 400 ? (error?.code ?? null) : null,
    message: answer.status >= 400 ? (error?.message ?? null) : null,
    ms: discord.clock.now() - startedAt,
    bucket: answer.headers['x-ratelimit-bucket'] ?? null,
    limit: numberOrNull(answer.headers['x-ratelimit-limit']),
    remaining: numberOrNull(answer.headers['x-ratelimit-remaining']),
    errors: answer.status >= 400 ? error?.errors : undefined,
    injected: answer.injected ?? false,
    dropped: drops(faults, 'after'),
  });
  // A request that broke off asked for nothing.
  const seen = request.complete ? discord.observe : undefined;
  seen?.({
    kind: 'exchange',
    method,
    path,
    route: route?.path ?? null,
    params: typeof found === 'string' ? {} : found.params,
    query: Object.fromEntries(url.searchParams),
    contentType: request.headers['content-type'] ?? null,
    body: given?.body,
    files: given?.files.map(({ name }) => name) ?? [],
    injected: answer.injected ?? false,
    status: answer.status,
    headers: answer.headers,
    answer: answer.body,
  });
  if (drops(faults, 'after')) return destroy(request);
  await wait(discord, faults, false);
  send(response, answer);
}

/** Turns a refusal, or a fault of the sandbox itself, into an answer. */
async function settle(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DiscordError) {
      return { status: error.status, body: error.body(), headers: {} };
    }
    console.error(error);
    return { status: 500, body: { message: '500: Internal Server Error', code: 0 }, headers: {} };
  }
}

function toAnswer(result: object | undefined): Answer {
  if (result === undefined) return { status: 204, headers: {} };
  if (result instanceof Reply) return { status: result.status, body: result.body, headers: {} };
  return { status: 200, body: result, headers: {} };
}

/** @throws 401 unless the application's token came along, where the route needs one */
function authorize({ world }: Discord, route: Route, request: IncomingMessage): void {
  if (route.open) return;
  if (request.headers.authorization !== `Bot ${world.application.token}`)
    throw refuse('unauthorized');
}

function limitedBy({ world }: Discord, route: Route, params: Record<string, string>, url: URL) {
  const ofInteraction = params.webhook === world.application.id || params.interaction !== undefined;
  const webhook = world.webhooks.get(params.webhook ?? '');
  const kind =
    ofInteraction && params.interaction === undefined ? 'other' : (route.limit ?? 'other');
  const token = ofInteraction ? (params.token ?? '') : '';
  return {
    kind,
    route: `${route.method} ${route.path}`,
    major: `${params.channel ?? params.guild ?? params.webhook ?? ''}${token}`,
    channel: url.searchParams.get('thread_id') ?? webhook?.channel,
    countsGlobally: !ofInteraction,
  } as const;
}

function tooMany({ headers, scope = 'user' }: Verdict, retryAfter: number): Answer {
  const seconds = Math.ceil(retryAfter) / 1_000;
  return {
    status: 429,
    body: {
      message: 'You are being rate limited.',
      retry_after: seconds,
      global: scope === 'global',
    },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
      via: '1.1 sandbox',
    },
  };
}

function injectedAnswer(fault: Extract<RequestFault, { kind: 'status' }>): Answer {
  if (fault.status === 429) {
    const { scope = 'user', retryAfter = 1_000 } = fault;
    return { ...tooMany({ headers: {}, scope }, retryAfter), injected: true };
  }
  const body = { message: `${fault.status}: injected`, code: 0 };
  return { status: fault.status, body, headers: {}, injected: true };
}

function drops(faults: RequestFault[], when: 'before' | 'after'): boolean {
  return faults.some((fault) => fault.kind === 'drop' && fault.when === when);
}

function destroy(request: IncomingMessage): void {
  request.socket.destroy();
}

async function wait(discord: Discord, faults: RequestFault[], before: boolean): Promise<void> {
  for (const fault of faults) {
    if (fault.kind !== 'latency' || (fault.before ?? false) !== before) continue;
    const ms = fault.ms + discord.random() * (fault.jitter ?? 0);
    await new Promise<void>((resolve) => discord.clock.setTimeout(resolve, ms));
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
