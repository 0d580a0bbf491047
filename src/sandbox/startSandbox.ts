import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { GatewayIntentBits } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { type Clock, MovableClock, realClock } from './clock.ts';
import { type Discord, Outbox } from './discord.ts';
import { Gateway } from './gateway/gateway.ts';
import { Router } from './http/router.ts';
import { serveApi } from './http/serveApi.ts';
import { notFound, serveCdn, servePage } from './http/serveFiles.ts';
import { Interactions } from './interactions/interactions.ts';
import { Journal } from './journal.ts';
import type { Observer } from './observation.ts';
import { Notices } from './people/notices.ts';
import { servePeople, upgradePeople } from './people/servePeople.ts';
import { DISCORD_PLAN, drawnPlan, type RateLimitPlan, RateLimits } from './rateLimits.ts';
import { RequestFaults } from './requestFaults.ts';
import { routes } from './routes/index.ts';
import { Sandbox } from './sandbox.ts';
import { compareSnowflakes, Snowflakes } from './snowflake.ts';
import { DEFAULT_SEED, plant, type Seed } from './state/seed.ts';
import { Store } from './state/store.ts';
import { World } from './state/world.ts';
import { expireThreads } from './threadExpiry.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** The SQLite file that keeps everything; in memory when left out. */
  file?: string;
  /** What an empty sandbox begins with. */
  seed?: Seed;
  clock?: Clock;
  /** `discord`: the figures seen of Discord; `drawn`: allowances drawn with `random`; or some of your own. */
  rateLimits?: 'discord' | 'off' | 'drawn' | Partial<RateLimitPlan>;
  /** Intents, as bits, that the application was not granted. */
  deniedIntents?: number;
  random?: () => number;
  /** Sees every request with its answer and every event. What it is given must not be changed. */
  observe?: Observer;
}

/** Longer than any client keeps an idle connection, so that none is closed under a request. */
const KEEP_ALIVE = 120_000;

/** Starts a local Discord on 127.0.0.1. @throws when the port is taken or the file cannot be opened or is in use */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, file = ':memory:', seed = DEFAULT_SEED, random = Math.random } = options;
  const clock = new MovableClock(options.clock ?? realClock);
  const router = new Router(routes);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE, headersTimeout: KEEP_ALIVE });
  // The port first: who starts the same thing twice should hear of that, not of the file.
  await listen(server, port);
  const store = openStore(server, file);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const discord = assemble({ store, clock, random, origin, seed, options });

  expireThreads(discord);

  const sockets = new Set<Socket>();
  const pages = new Set<WebSocket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    serve(discord, router, request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const url = urlOf(request);
    if (!url || !isLocal(request)) return socket.destroy();
    if (url.pathname === '/gateway' || url.pathname === '/gateway/') {
      return discord.gateway.upgrade(request, socket, head);
    }
    if (url.pathname !== '/sandbox/socket') return socket.destroy();
    upgradePeople(discord, request, socket, head, url, (page) => {
      pages.add(page);
      page.on('close', () => pages.delete(page));
    });
  });

  return new Sandbox(discord, async () => {
    discord.interactions.close();
    discord.gateway.close();
    for (const page of pages) page.terminate();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
    discord.outbox.flush();
    clock.stop();
    store.close();
  });
}

function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function openStore(server: Server, file: string): Store {
  try {
    return new Store(file);
  } catch (error) {
    server.close();
    throw error;
  }
}

interface Parts {
  store: Store;
  clock: MovableClock;
  random: () => number;
  origin: string;
  seed: Seed;
  options: SandboxOptions;
}

function assemble({ store, clock, random, origin, seed, options }: Parts): Discord {
  // Links to attachments and avatars carry the address; an earlier run may have had another port.
  const [before] = store.all<string>('origin').map(([, value]) => value);
  const world = new World(store, (body) => (before ? body.replaceAll(before, origin) : body));
  store.put('origin', 'current', origin);
  const ids = new Snowflakes(clock, largestId(world));
  if (world.applications.size === 0) {
    store.together(() => plant(world, ids, seed, new Date(clock.now()).toISOString()));
  }
  const plan = planOf(options.rateLimits ?? 'discord', random);
  const limits = new RateLimits(clock, plan);
  const notices = new Notices(world);
  const gateway = new Gateway({
    world,
    clock,
    steadyClock: options.clock ?? realClock,
    url: () => `${origin.replace('http', 'ws')}/gateway`,
    maxConcurrency: limits.plan.maxConcurrency,
    identifiesPerDay: limits.plan.identifiesPerDay,
    sendsPerMinute: limits.plan.sendsPerMinute,
    deniedIntents: options.deniedIntents ?? 0,
    onPresence: () => notices.tellEveryone({ kind: 'viewChanged' }),
  });
  return {
    world,
    clock,
    ids,
    random,
    gateway,
    notices,
    interactions: new Interactions(),
    limits,
    readsContent: ((options.deniedIntents ?? 0) & GatewayIntentBits.MessageContent) === 0,
    faults: new RequestFaults(),
    journal: new Journal(),
    outbox: new Outbox((event) => {
      options.observe?.({ kind: 'event', name: event.name, data: event.data });
      gateway.dispatch(event);
    }),
    observe: options.observe,
    origin,
  };
}

function planOf(
  given: NonNullable<SandboxOptions['rateLimits']>,
  random: () => number,
): RateLimitPlan | 'off' {
  if (given === 'off') return 'off';
  if (given === 'discord') return DISCORD_PLAN;
  if (given === 'drawn') return drawnPlan(random);
  return { ...DISCORD_PLAN, ...given };
}

function largestId(world: World): string {
  const ids = [
    ...world.users.values().map(({ id }) => id),
    ...world.channels.values().map(({ id, last_message_id }) => last_message_id ?? id),
    ...world.webhooks.values().map(({ id }) => id),
    ...world.commands.values().map(({ version }) => version),
    ...world.emojis.values().map(({ id }) => id ?? '0'),
  ];
  return ids.reduce((largest, id) => (compareSnowflakes(id, largest) > 0 ? id : largest), '0');
}

async function serve(
  discord: Discord,
  router: Router,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  if (!url || !isLocal(request)) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('Only from this machine\n');
    return;
  }
  const { pathname } = url;
  if (pathname.startsWith('/api/')) return await serveApi(discord, router, request, response, url);
  if (pathname.startsWith('/sandbox/')) return await servePeople(discord, request, response, url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response);
  if (pathname.startsWith('/cdn/')) return serveCdn(discord, pathname.slice(4), response);
  if (pathname === '/' || pathname.startsWith('/page/')) return await servePage(pathname, response);
  notFound(response);
}

function urlOf(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? '/', 'http://127.0.0.1') ?? undefined;
}

/** A page from elsewhere must not act here, even through a name that it made point at this machine. */
function isLocal({ headers: { host = '', origin } }: IncomingMessage): boolean {
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
