import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Discord } from '../discord.ts';
import { readBytes } from '../http/body.ts';
import type { Act } from '../protocol.ts';
import { performAct } from './act.ts';
import { ActError } from './actError.ts';
import { actSchema } from './actSchema.ts';
import { channelRights } from './channelRights.ts';
import { servePageExtras } from './requestLog.ts';
import { archivedThreads, messagesFor, viewFor } from './view.ts';

const actRequest = z.object({ person: z.string(), act: actSchema });

/** Answers the page's requests below `/sandbox/`. */
export async function servePeople(
  discord: Discord,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    send(response, 200, await answer(discord, request, url));
  } catch (error) {
    if (error instanceof ActError) return send(response, error.status, { message: error.message });
    console.error(error);
    send(response, 500, { message: 'Something went wrong in the sandbox' });
  }
}

async function answer(discord: Discord, request: IncomingMessage, url: URL): Promise<object> {
  const route = `${request.method} ${url.pathname}`;
  if (route === 'POST /sandbox/act') {
    const given = actRequest.safeParse(parse((await readBytes(request)).toString('utf8')));
    if (!given.success) throw new ActError(z.prettifyError(given.error));
    return await performAct(discord, given.data.person, given.data.act as Act);
  }
  const person = personOf(discord, url);
  const channel = url.searchParams.get('channel') ?? '';
  if (route === 'GET /sandbox/view')
    return viewFor(discord, person, url.searchParams.get('open') ?? undefined);
  if (route === 'GET /sandbox/threads')
    return { threads: archivedThreads(discord, person, channel) };
  if (route === 'GET /sandbox/permissions') return channelRights(discord, person, channel);
  if (route === 'GET /sandbox/messages') {
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const before = url.searchParams.get('before') ?? undefined;
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      throw new ActError('limit is 1 to 100');
    return { messages: messagesFor(discord, person, channel, { before, limit }) };
  }
  throw new ActError('There is no such page', 404);
}

/** The person that a request is for; without one, the first. */
function personOf({ world }: Discord, url: URL): string {
  const people = world.people();
  const asked = url.searchParams.get('person');
  const person = asked === null || asked === '' ? people[0] : people.find(({ id }) => id === asked);
  if (!person) throw new ActError('There is no such person', 404);
  return person.id;
}

const sockets = new WebSocketServer({ noServer: true });

/** Opens a person's stream of notices. */
export function upgradePeople(
  discord: Discord,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  url: URL,
  onOpen: (socket: WebSocket) => void,
): void {
  sockets.handleUpgrade(request, socket, head, (client) => {
    try {
      const person = personOf(discord, url);
      const stop = discord.notices.listen(person, (notice) => client.send(JSON.stringify(notice)));
      client.on('close', stop);
      servePageExtras(discord, client);
      client.on('error', () => client.terminate());
      onOpen(client);
    } catch {
      client.close(4404, 'There is no such person');
    }
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ActError('The request is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
