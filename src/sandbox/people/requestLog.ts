import type { WebSocket } from 'ws';
import type { Discord } from '../discord.ts';
import type { RequestEntry } from '../journal.ts';
import type { LoggedRequest, Notice } from '../protocol.ts';
import { activeFaults } from './operatorActs.ts';

/** How many requests a page is shown when it opens its log. */
const BACKLOG = 200;

/** New requests go out together, so that a burst of edits is a few notices. Milliseconds. */
const TOGETHER = 150;

/** Tells a page what goes wrong on purpose, and, while it asks for them, of the application's requests. */
export function servePageExtras(discord: Discord, client: WebSocket): void {
  const send = (notice: Notice) => client.send(JSON.stringify(notice));
  const stopFaults = discord.faults.watch(() =>
    send({ kind: 'faults', faults: activeFaults(discord) }),
  );
  let stopRequests = () => {};
  client.on('message', (raw) => {
    stopRequests();
    stopRequests = wantsRequests(raw.toString()) ? sendRequests(discord, send) : () => {};
  });
  client.on('close', () => {
    stopFaults();
    stopRequests();
  });
}

function sendRequests(discord: Discord, send: (notice: Notice) => void): () => void {
  let waiting: RequestEntry[] = [];
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (entries: RequestEntry[], fresh: boolean) =>
    send({
      kind: 'requests',
      fresh,
      entries: entries.map((entry) => {
        count += 1;
        return logged(discord, entry, count);
      }),
    });
  flush(discord.journal.requests.slice(-BACKLOG), true);
  const stop = discord.journal.watch((entry) => {
    waiting = [...waiting.slice(-(BACKLOG - 1)), entry];
    timer ??= setTimeout(() => {
      timer = undefined;
      const entries = waiting;
      waiting = [];
      flush(entries, false);
    }, TOGETHER);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function wantsRequests(text: string): boolean {
  try {
    const asked: unknown = JSON.parse(text);
    return typeof asked === 'object' && asked !== null && 'watchRequests' in asked
      ? asked.watchRequests === true
      : false;
  } catch {
    return false;
  }
}

function logged(
  discord: Discord,
  { errors, thread, ...entry }: RequestEntry,
  id: number,
): LoggedRequest {
  const channel = thread ?? channelOf(discord, entry.path);
  return { id, ...entry, channel, problems: problemsIn(errors) };
}

/** The channel that a request was about: by its path, its webhook or its interaction. */
function channelOf({ world, interactions }: Discord, path: string): string | null {
  const [, kind, first = '', second = '', ...rest] = path.split('/');
  if (kind === 'channels') return first;
  if (kind === 'interactions') return interactions.channelOf(second) ?? null;
  if (kind !== 'webhooks') return null;
  const message = rest[0] === 'messages' ? world.messages.find(rest[1] ?? '') : undefined;
  return (
    message?.channel_id ??
    world.webhooks.get(first)?.channel ??
    interactions.channelOf(second) ??
    null
  );
}

/** Discord nests what is wrong by field; read as lines, such as `content: Must be 2000 or fewer`. */
export function problemsIn(errors: unknown, path: string[] = []): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
    if (key !== '_errors') return problemsIn(value, [...path, key]);
    const found = value as { message: string }[];
    return found.map(({ message }) => [path.join('.'), message].filter(Boolean).join(': '));
  });
}
