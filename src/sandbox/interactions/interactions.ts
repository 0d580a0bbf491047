import { randomBytes } from 'node:crypto';
import { InteractionType } from 'discord-api-types/v10';
import { type Discord, emitIn } from '../discord.ts';
import { refuse } from '../discordError.ts';
import type { ActResult } from '../protocol.ts';
import { userOf } from '../state/objects.ts';
import type { World } from '../state/world.ts';
import { interactionPayload } from './interactionPayload.ts';
import type { InteractionRecord, OpenModal } from './interactionRecord.ts';

/** How long the first answer may take, and how long the token is good, in milliseconds. */
const FIRST_ANSWER_WITHIN = 3_000;
const TOKEN_GOOD_FOR = 15 * 60_000;

export interface Opening {
  type: InteractionType;
  person: string;
  channel: string;
  data: object;
  source?: string | undefined;
  commandName?: string;
  isContextMenu?: boolean;
  /** For a modal: the interaction that opened it. */
  openedBy?: InteractionRecord['metadata'];
}

/** What Discord keeps of an interaction on the messages that answer it. */
function metadataOf(
  world: World,
  id: string,
  { type, person, channel, source, openedBy }: Opening,
): InteractionRecord['metadata'] {
  return {
    id,
    type,
    user: userOf(world, person),
    authorizing_integration_owners: { 0: world.channels.get(channel)?.guild ?? '0' },
    ...(type === InteractionType.MessageComponent && { interacted_message_id: source }),
    ...(type === InteractionType.ModalSubmit && { triggering_interaction_metadata: openedBy }),
  } as unknown as InteractionRecord['metadata'];
}

/** The interactions whose tokens are known, and the modals that are open. They live in memory only. */
export class Interactions {
  readonly #byId = new Map<string, InteractionRecord>();
  readonly #byToken = new Map<string, InteractionRecord>();
  readonly #modals = new Map<string, OpenModal>();
  readonly #running = new Set<(result: ActResult) => void>();

  /** Sends an interaction to the application; resolves with its first answer, or as failed after 3 s. */
  open(discord: Discord, opening: Opening): Promise<ActResult> {
    const { clock, ids, world } = discord;
    const { promise, resolve } = Promise.withResolvers<ActResult>();
    if (!discord.gateway.online) {
      resolve({ kind: 'failed', message: 'The application did not respond' });
      return promise;
    }
    const id = ids.next();
    const timer = clock.setTimeout(
      () => record.settle({ kind: 'failed', message: 'The application did not respond' }),
      FIRST_ANSWER_WITHIN,
    );
    const settle = (result: ActResult) => {
      clock.clearTimeout(timer);
      this.#running.delete(settle);
      resolve(result);
    };
    this.#running.add(settle);
    const record: InteractionRecord = {
      id,
      token: Buffer.from(`interaction:${id}:${randomBytes(48).toString('hex')}`).toString(
        'base64url',
      ),
      type: opening.type,
      person: opening.person,
      channel: opening.channel,
      createdAt: clock.now(),
      source: opening.source,
      commandName: opening.commandName,
      isContextMenu: opening.isContextMenu ?? false,
      metadata: metadataOf(world, id, opening),
      answered: null,
      original: undefined,
      ephemeral: false,
      messages: new Set(opening.source === undefined ? [] : [opening.source]),
      settle,
    };
    this.#byId.set(id, record);
    this.#byToken.set(record.token, record);
    // A little past its time, so that a late use is told apart from one that never was.
    clock.setTimeout(() => this.#forget(record), TOKEN_GOOD_FOR + 60_000);
    const payload = interactionPayload(discord, record, opening.data);
    emitIn(discord, 'always', 'INTERACTION_CREATE', opening.channel, payload);
    return promise;
  }

  /** @throws 10062 when it is not there, is over, or was left without an answer for 3 s */
  answerable(discord: Discord, id: string, token: string): InteractionRecord {
    const record = this.#byId.get(id);
    if (!record || record.token !== token) throw refuse('unknownInteraction');
    if (record.answered) throw refuse('alreadyAcknowledged');
    if (discord.clock.now() - record.createdAt > FIRST_ANSWER_WITHIN) {
      throw refuse('unknownInteraction');
    }
    return record;
  }

  /** @throws 10015 before the first answer, 50027 when the token is no longer good */
  continued(discord: Discord, token: string): InteractionRecord {
    const record = this.#byToken.get(token);
    if (!record) throw refuse('invalidWebhookToken');
    if (discord.clock.now() - record.createdAt > TOKEN_GOOD_FOR) {
      throw refuse('invalidWebhookToken');
    }
    if (!record.answered) throw refuse('unknownWebhook');
    return record;
  }

  /** Where the interaction of that token was begun. */
  channelOf(token: string): string | undefined {
    return this.#byToken.get(token)?.channel;
  }

  openModal(modal: OpenModal): void {
    this.#modals.set(modal.id, modal);
  }

  modal(id: string): OpenModal | undefined {
    return this.#modals.get(id);
  }

  closeModal(id: string): void {
    this.#modals.delete(id);
  }

  /** Ends every wait: nobody will answer any more. */
  close(): void {
    for (const settle of [...this.#running]) {
      settle({ kind: 'failed', message: 'The sandbox was closed' });
    }
  }

  #forget(record: InteractionRecord): void {
    this.#byId.delete(record.id);
    this.#byToken.delete(record.token);
  }
}
