import { once } from 'node:events';
import { type APIInteraction, ChannelType } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Random } from './random.ts';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const SLASH = { name: 'go', description: 'Go' };
const ASKED = { type: 3, name: 'where', description: 'Where', autocomplete: true };
const BUTTON = { type: 2, style: 1, label: 'Press', custom_id: 'press' };

interface Answered {
  status: number;
  body: unknown;
}

/** A freshly seeded sandbox with an application that may do everything, for random requests. */
export class FuzzHouse {
  readonly sandbox: Sandbox;
  /** A text channel, a forum and a thread that the application owns. */
  readonly tavern: string;
  readonly forum: string;
  readonly #interactions: APIInteraction[];
  readonly #socket: WebSocket;

  private constructor(sandbox: Sandbox, interactions: APIInteraction[], socket: WebSocket) {
    this.sandbox = sandbox;
    this.tavern = sandbox.channel('tavern');
    this.forum = sandbox.channel('tales');
    this.#interactions = interactions;
    this.#socket = socket;
  }

  static async open(random: Random): Promise<FuzzHouse> {
    const interactions: APIInteraction[] = [];
    const sandbox = await startSandbox({
      rateLimits: 'off',
      random: () => random.next(),
      seed: {
        people: ['Ada', 'Bruno'],
        guilds: [
          { name: 'House', channels: ['tavern', { name: 'tales', type: ChannelType.GuildForum }] },
        ],
      },
      observe: (seen) => {
        if (seen.kind === 'event' && seen.name === 'INTERACTION_CREATE')
          interactions.push(seen.data as APIInteraction);
      },
    });
    const { controls, guild, applicationId } = sandbox;
    const role = controls.createRole(guild, 'All', ['Administrator']);
    controls.setRoles(guild, applicationId, [role]);
    const socket = new WebSocket(
      `${sandbox.url.replace('http', 'ws')}/gateway/?v=10&encoding=json`,
    );
    await once(socket, 'message');
    const properties = { os: 'linux', browser: 'fuzz', device: 'fuzz' };
    socket.send(JSON.stringify({ op: 2, d: { token: sandbox.token, intents: 0, properties } }));
    await once(socket, 'message');
    return new FuzzHouse(sandbox, interactions, socket);
  }

  /** A request with the application's token; what it needs must not be refused. */
  async must(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
    const answer = await this.call(method, path, body);
    if (answer.status < 300) return answer.body as Record<string, string>;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    const response = await fetch(`${this.sandbox.api}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${this.sandbox.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async close(): Promise<void> {
    this.#socket.terminate();
    await this.sandbox.close();
  }

  async message(channel = this.tavern): Promise<string> {
    const { id = '' } = await this.must('POST', `/channels/${channel}/messages`, { content: 'a' });
    return `/channels/${channel}/messages/${id}`;
  }

  async thread(): Promise<string> {
    const { id = '' } = await this.must('POST', `/channels/${this.tavern}/threads`, {
      name: 'corner',
      type: ChannelType.PublicThread,
    });
    return id;
  }

  async webhook(): Promise<{ id: string; token: string }> {
    const { id = '', token = '' } = await this.must('POST', `/channels/${this.tavern}/webhooks`, {
      name: 'mouth',
    });
    return { id, token };
  }

  async emoji(): Promise<string> {
    const path = `/applications/${this.sandbox.applicationId}/emojis`;
    const { id = '' } = await this.must('POST', path, { name: 'owl', image: PIXEL });
    return `${path}/${id}`;
  }

  /** The path of a slash command's list and one command in it. */
  async command(inGuild: boolean): Promise<{ list: string; one: string }> {
    const { applicationId, guild } = this.sandbox;
    const list = `/applications/${applicationId}${inGuild ? `/guilds/${guild}` : ''}/commands`;
    const { id = '' } = await this.must('POST', list, SLASH);
    return { list, one: `${list}/${id}` };
  }

  /** An interaction that waits for its first answer. */
  async interaction(kind: 'command' | 'autocomplete' | 'click'): Promise<APIInteraction> {
    const ada = this.sandbox.as('Ada');
    const { applicationId } = this.sandbox;
    await this.must('PUT', `/applications/${applicationId}/commands`, [
      kind === 'autocomplete' ? { ...SLASH, options: [ASKED] } : SLASH,
    ]);
    const known = this.#interactions.length;
    // Nobody waits for what becomes of it: a body that is refused leaves it unanswered.
    const act = async () => {
      if (kind === 'command') return ada.command(this.tavern, 'go');
      if (kind === 'autocomplete')
        return ada.autocomplete(this.tavern, 'go', 'where', { where: '' });
      const message = await this.must('POST', `/channels/${this.tavern}/messages`, {
        components: [{ type: 1, components: [BUTTON] }],
      });
      return ada.click({ id: message.id ?? '', channel_id: this.tavern }, 'press');
    };
    act().catch(() => undefined);
    for (;;) {
      const found = this.#interactions[known];
      if (found) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  callback({ id, token }: APIInteraction): string {
    return `/interactions/${id}/${token}/callback`;
  }

  /** An interaction that was answered: where its follow-ups go. */
  async answered(): Promise<string> {
    const interaction = await this.interaction('command');
    await this.must('POST', this.callback(interaction), { type: 4, data: { content: 'a' } });
    return `/webhooks/${this.sandbox.applicationId}/${interaction.token}`;
  }
}
