import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { eventually } from './support.ts';

export interface Frame {
  op: number;
  d: unknown;
  s: number | null;
  t: string | null;
}

export interface RawInteraction {
  id: string;
  token: string;
  type: number;
  data: { options?: object[]; components?: object[]; resolved?: object };
  message?: { id: string };
}

const ALL = 0b11_1111_1111_1111_1111;
/** Every intent of the first 17 bits that Discord has. */
export const ALL_INTENTS = ALL & ~(1 << 17);

/** A gateway connection written against the documentation alone. */
export class RawSession {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  closed: { code: number; reason: string } | undefined;
  #interactionsTaken = 0;

  constructor(sandbox: Sandbox, query = 'v=10&encoding=json') {
    this.socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway/?${query}`);
    this.socket.on('message', (text) => this.frames.push(JSON.parse(text.toString()) as Frame));
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    onTestFinished(() => this.socket.terminate());
  }

  /** Connected and identified, with its guilds. */
  static async identify(sandbox: Sandbox, more: object = {}): Promise<RawSession> {
    const session = new RawSession(sandbox);
    await session.op(10);
    session.sendIdentify(sandbox, more);
    await session.event('READY');
    return session;
  }

  sendIdentify(sandbox: Sandbox, more: object = {}): void {
    const properties = { os: 'linux', browser: 'test', device: 'test' };
    this.send(2, { token: sandbox.token, intents: ALL_INTENTS, properties, ...more });
  }

  send(op: number, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d }));
  }

  /** The first frame of that operation. */
  op(op: number): Promise<Frame> {
    return eventually(() => this.frames.find((frame) => frame.op === op));
  }

  events(name: string): Record<string, unknown>[] {
    return this.frames.filter(({ t }) => t === name).map(({ d }) => d as Record<string, unknown>);
  }

  /** The first event of that name, come or to come. */
  event(name: string): Promise<Record<string, unknown>> {
    return eventually(() => this.events(name)[0]);
  }

  /** The next interaction that was not taken yet. */
  async interaction(): Promise<RawInteraction> {
    const taken = this.#interactionsTaken;
    this.#interactionsTaken += 1;
    const found = await eventually(() => this.events('INTERACTION_CREATE')[taken]);
    return found as unknown as RawInteraction;
  }

  end(): Promise<{ code: number; reason: string }> {
    return eventually(() => this.closed);
  }
}
