import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock.ts';
import { can } from '../permissions.ts';
import { SlidingCount } from '../slidingCount.ts';
import { guildCreateObject } from '../state/objects.ts';
import type { World } from '../state/world.ts';
import { CLOSE_REASONS, type CloseCode } from './closeReasons.ts';
import { EventFaults } from './eventFaults.ts';
import { membersChunk } from './membersChunk.ts';
import type { Outgoing } from './outgoing.ts';
import { parseIdentify, parseMembersRequest, parsePayload, parseResume } from './payloads.ts';
import { ALL_INTENTS, readyPayload } from './readyPayload.ts';
import { Session } from './session.ts';

export interface GatewayOptions {
  world: World;
  clock: Clock;
  /** For heartbeats: a clock that nobody moves, or moving it would end every connection. */
  steadyClock: Clock;
  url: () => string;
  /** Identifies that may start within 5 s, and within a day. */
  maxConcurrency: number;
  identifiesPerDay: number;
  /** Payloads that a client may send in 60 s. */
  sendsPerMinute: number;
  /** Intents that the application was not granted: asking for one closes with 4014. */
  deniedIntents: number;
  onPresence: () => void;
}

/** The largest payload that a client may send, in bytes. */
const MAX_PAYLOAD = 4_096;
const HEARTBEAT_INTERVAL = 41_250;
/** How long a session without a socket can still be resumed. */
const RESUME_WINDOW = 300_000;

interface Connection {
  socket: WebSocket;
  session: Session | null;
  sends: SlidingCount;
  timeout: unknown;
}

/** Discord's gateway: sessions, their events, and what is refused on the way. */
export class Gateway {
  readonly faults = new EventFaults();
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  readonly #sessions = new Map<string, Session>();
  readonly #connections = new Set<Connection>();
  readonly #identifies: SlidingCount;
  readonly #identifiesToday: SlidingCount;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#identifies = new SlidingCount(options.clock, options.maxConcurrency, 5_000);
    this.#identifiesToday = new SlidingCount(options.clock, options.identifiesPerDay, 86_400_000);
  }

  /** What GET /gateway/bot says. */
  botObject(): object {
    const { url, maxConcurrency, identifiesPerDay } = this.#options;
    return {
      url: url(),
      shards: 1,
      session_start_limit: {
        total: identifiesPerDay,
        remaining: this.#identifiesToday.remaining(),
        reset_after: this.#identifiesToday.resetAfter(),
        max_concurrency: maxConcurrency,
      },
    };
  }

  get online(): boolean {
    return this.#sessions.values().some((session) => session.socket !== null);
  }

  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    this.#server.handleUpgrade(request, socket, head, (client) => {
      const version = query.get('v');
      if (version !== null && version !== '10' && version !== '9') {
        return client.close(4012, CLOSE_REASONS[4012]);
      }
      // Frames are plain JSON here: a client that wants anything else would misread every one of them.
      if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress')) {
        return client.close(4002, CLOSE_REASONS[4002]);
      }
      this.#welcome(client);
    });
  }

  /** Sends an event to every session that may have it. */
  dispatch(event: Outgoing): void {
    for (const turn of this.faults.twist(event)) this.#dispatchNow(turn);
  }

  /** Drops the sockets. Sessions stay resumable unless `resumable` is false. */
  disconnect({ resumable, code = 1006 }: { resumable: boolean; code?: number }): void {
    for (const connection of [...this.#connections]) {
      if (!resumable && connection.session) this.#sessions.delete(connection.session.id);
      if (code === 1006) connection.socket.terminate();
      else connection.socket.close(code);
      // The close event comes later; what is sent meanwhile must wait for the resume.
      this.#detach(connection);
    }
  }

  /** Sends op 7 (reconnect) or op 9 (invalid session) to every connection. */
  tell(op: typeof Op.Reconnect | typeof Op.InvalidSession, resumable = true): void {
    for (const { socket, session } of this.#connections) {
      if (op === Op.InvalidSession && !resumable && session) this.#sessions.delete(session.id);
      socket.send(
        JSON.stringify({ op, d: op === Op.InvalidSession ? resumable : null, s: null, t: null }),
      );
    }
  }

  close(): void {
    for (const { socket, timeout } of this.#connections) {
      this.#options.steadyClock.clearTimeout(timeout);
      socket.terminate();
    }
    // What closes now must not wait to be resumed: the process would stay for it.
    this.#connections.clear();
    this.#sessions.clear();
    this.#server.close();
  }

  #dispatchNow({ name, data, intents, guild, channel }: Outgoing): void {
    const { world } = this.#options;
    const bot = world.application.user.id;
    const place = channel === undefined ? undefined : world.channels.get(channel);
    if (place && !can(world, place, bot, 'ViewChannel')) return;
    for (const session of this.#sessions.values()) {
      if (!session.serves(guild) || !session.hasAny(intents)) continue;
      session.dispatch(name, session.filter(name, data, bot));
    }
  }

  #welcome(socket: WebSocket): void {
    const { clock, sendsPerMinute } = this.#options;
    const connection: Connection = {
      socket,
      session: null,
      sends: new SlidingCount(clock, sendsPerMinute, 60_000),
      timeout: undefined,
    };
    this.#connections.add(connection);
    this.#expectHeartbeat(connection);
    socket.on('message', (raw) => this.#receive(connection, raw.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      // Closing with 1000 or 1001 is how a client ends its session for good.
      if ((code === 1000 || code === 1001) && connection.session?.socket === socket) {
        this.#sessions.delete(connection.session.id);
      }
      this.#detach(connection);
    });
    this.#send(connection, Op.Hello, { heartbeat_interval: HEARTBEAT_INTERVAL });
  }

  #receive(connection: Connection, text: string): void {
    // What still arrives while the socket closes is too late.
    if (connection.socket.readyState !== connection.socket.OPEN) return;
    if (Buffer.byteLength(text) > MAX_PAYLOAD) {
      this.#close(connection, 4002);
      return;
    }
    if (!connection.sends.take()) {
      this.#close(connection, 4008);
      return;
    }
    const payload = parsePayload(text);
    if (!payload) {
      this.#close(connection, 4002);
      return;
    }
    if (payload.op === Op.Heartbeat) {
      this.#expectHeartbeat(connection);
      this.#send(connection, Op.HeartbeatAck, null);
      return;
    }
    if (payload.op === Op.Identify) {
      this.#identify(connection, payload.d);
      return;
    }
    if (payload.op === Op.Resume) {
      this.#resume(connection, payload.d);
      return;
    }
    if (!connection.session) {
      this.#close(connection, 4003);
      return;
    }
    if (payload.op === Op.RequestGuildMembers) {
      const request = parseMembersRequest(payload.d);
      if (!request) {
        this.#close(connection, 4002);
        return;
      }
      const { session } = connection;
      session.dispatch('GUILD_MEMBERS_CHUNK', membersChunk(this.#options.world, request));
      return;
    }
    const quiet: number[] = [Op.PresenceUpdate, Op.VoiceStateUpdate, Op.RequestSoundboardSounds];
    if (!quiet.includes(payload.op)) this.#close(connection, 4001);
  }

  #identify(connection: Connection, data: unknown): void {
    const identify = parseIdentify(data);
    if (!identify) {
      this.#close(connection, 4002);
      return;
    }
    if (connection.session) {
      this.#close(connection, 4005);
      return;
    }
    const { world, deniedIntents, url } = this.#options;
    if (identify.token !== world.application.token) {
      this.#close(connection, 4004);
      return;
    }
    const [index, count] = identify.shard;
    if (index < 0 || count < 1 || index >= count) {
      this.#close(connection, 4010);
      return;
    }
    if (identify.intents & ~ALL_INTENTS) {
      this.#close(connection, 4013);
      return;
    }
    if (identify.intents & deniedIntents) {
      this.#close(connection, 4014);
      return;
    }
    if (!this.#identifies.take() || !this.#identifiesToday.take()) {
      this.#send(connection, Op.InvalidSession, false);
      return;
    }
    const id = randomBytes(16).toString('hex');
    const session = new Session(id, identify.intents, identify.shard, connection.socket);
    connection.session = session;
    this.#sessions.set(id, session);
    const guilds = world.guilds
      .values()
      .filter(
        (guild) => session.serves(guild.id) && world.member(guild.id, world.application.user.id),
      )
      .toArray();
    session.dispatch('READY', readyPayload(world, session, guilds, url()));
    for (const guild of guilds) {
      if (!session.hasAny(Intent.Guilds)) break;
      const data = session.filter(
        'GUILD_CREATE',
        guildCreateObject(world, guild),
        world.application.user.id,
      );
      session.dispatch('GUILD_CREATE', data);
    }
    this.#options.onPresence();
  }

  #resume(connection: Connection, data: unknown): void {
    const resume = parseResume(data);
    if (!resume) {
      this.#close(connection, 4002);
      return;
    }
    if (resume.token !== this.#options.world.application.token) {
      this.#close(connection, 4004);
      return;
    }
    const session = this.#sessions.get(resume.session_id);
    if (!session?.canReplay(resume.seq)) {
      this.#send(connection, Op.InvalidSession, false);
      return;
    }
    if (resume.seq > session.seq) {
      this.#close(connection, 4007);
      return;
    }
    session.socket = connection.socket;
    connection.session = session;
    session.replay(resume.seq);
    session.dispatch('RESUMED', { _trace: [] });
    this.#options.onPresence();
  }

  #expectHeartbeat(connection: Connection): void {
    const { steadyClock } = this.#options;
    steadyClock.clearTimeout(connection.timeout);
    connection.timeout = steadyClock.setTimeout(
      () => this.#close(connection, 4009),
      HEARTBEAT_INTERVAL * 1.5,
    );
  }

  #send({ socket }: Connection, op: number, d: unknown): void {
    socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  #close({ socket }: Connection, code: CloseCode): void {
    socket.close(code, CLOSE_REASONS[code]);
  }

  #detach(connection: Connection): void {
    const { clock, steadyClock, onPresence } = this.#options;
    if (!this.#connections.delete(connection)) return;
    steadyClock.clearTimeout(connection.timeout);
    const { session, socket } = connection;
    if (session?.socket !== socket) return;
    session.socket = null;
    clock.setTimeout(() => {
      if (!session.socket) this.#sessions.delete(session.id);
    }, RESUME_WINDOW);
    onPresence();
  }
}
