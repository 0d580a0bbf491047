import { GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { type MessageLike, withheld } from '../messages/withheld.ts';

/** How many events a session keeps for a resume. */
const REPLAY_LENGTH = 2_000;

interface Sent {
  seq: number;
  text: string;
}

/** One identified connection of the application; outlives its socket so that it can be resumed. */
export class Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  socket: WebSocket | null;
  seq = 0;
  #sent: Sent[] = [];

  constructor(id: string, intents: number, shard: readonly [number, number], socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.shard = shard;
    this.socket = socket;
  }

  /** Whether an event of that guild is this shard's. */
  serves(guild: string | undefined): boolean {
    const [index, count] = this.shard;
    return guild === undefined
      ? index === 0
      : Number((BigInt(guild) >> 22n) % BigInt(count)) === index;
  }

  hasAny(intents: number): boolean {
    return intents === 0 || (this.intents & intents) !== 0;
  }

  /** Numbers and sends an event; without a socket it waits to be replayed. */
  dispatch(name: string, data: object): void {
    this.seq += 1;
    const text = JSON.stringify({ op: Op.Dispatch, s: this.seq, t: name, d: data });
    this.#sent.push({ seq: this.seq, text });
    if (this.#sent.length > REPLAY_LENGTH) this.#sent.shift();
    this.socket?.send(text);
  }

  /** Whether everything after `seq` is still at hand. */
  canReplay(seq: number): boolean {
    const oldest = this.#sent[0]?.seq ?? this.seq + 1;
    return seq >= oldest - 1;
  }

  replay(after: number): void {
    for (const { seq, text } of this.#sent) if (seq > after) this.socket?.send(text);
  }

  /** The payload as this session may read it. */
  filter(name: string, data: object, bot: string): object {
    if (name === 'MESSAGE_CREATE' || name === 'MESSAGE_UPDATE') {
      return this.intents & Intent.MessageContent ? data : withheld(data as MessageLike, bot);
    }
    if (name === 'GUILD_CREATE' && !(this.intents & Intent.GuildMembers)) {
      const { members } = data as { members: { user: { id: string } }[] };
      return { ...data, members: members.filter(({ user }) => user.id === bot) };
    }
    return data;
  }
}
