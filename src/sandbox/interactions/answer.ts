import {
  InteractionResponseType as Answer,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { Discord } from '../discord.ts';
import { DiscordError, invalidField, invalidForm, refuse } from '../discordError.ts';
import type { UploadedFile } from '../http/apiRequest.ts';
import { messageObject } from '../messages/messageObject.ts';
import { postMessage } from '../messages/postMessage.ts';
import { reviseMessage } from '../messages/reviseMessage.ts';
import type { MessageRecord } from '../state/records.ts';
import { check, complain } from '../validation/check.ts';
import { choice } from '../validation/command.ts';
import { BODIES, type ContentBody, checkMessage } from '../validation/message.ts';
import { modal } from '../validation/modal.ts';
import type { InteractionRecord } from './interactionRecord.ts';

const answerBody = z.looseObject({ type: z.number().int(), data: z.unknown().optional() });

const choices = z.looseObject({
  choices: z
    .array(choice)
    .max(25)
    .superRefine((list, context) => {
      const [first] = list;
      const other = list.findIndex(({ value }) => typeof value !== typeof first?.value);
      if (other < 0) return;
      // All are values of the one option that is being typed.
      complain(context, [other, 'value'], 'BASE_TYPE_INVALID', 'The values must be of one type');
    }),
});

/** Flags that a first answer may carry. */
const ANSWER_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

/** What may answer what. */
const ALLOWED: Partial<Record<InteractionType, readonly Answer[]>> = {
  [InteractionType.ApplicationCommand]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.Modal,
  ],
  [InteractionType.MessageComponent]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
    Answer.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
  ],
};

/** Takes the first answer to an interaction. Gives the message that came of it, if one did. */
export function answerInteraction(
  discord: Discord,
  record: InteractionRecord,
  body: unknown,
  files: readonly UploadedFile[],
): MessageRecord | undefined {
  const answer = check(answerBody, body);
  const updates =
    answer.type === Answer.DeferredMessageUpdate || answer.type === Answer.UpdateMessage;
  const allowed = ALLOWED[record.type]?.includes(answer.type) ?? false;
  if (!allowed || (updates && record.source === undefined)) {
    throw invalidField(
      ['type'],
      'INTERACTION_RESPONSE_TYPE_INVALID',
      'This response type is not valid for this interaction.',
    );
  }
  switch (answer.type) {
    case Answer.ChannelMessageWithSource:
      return answerWithMessage(discord, record, answer.data, files);
    case Answer.DeferredChannelMessageWithSource:
      return defer(discord, record, answer.data);
    case Answer.DeferredMessageUpdate:
      record.answered = 'deferredUpdate';
      record.original = record.source;
      record.settle({ kind: 'done' });
      return undefined;
    case Answer.UpdateMessage:
      return update(discord, record, answer.data, files);
    case Answer.Modal:
      openModal(discord, record, answer.data);
      return undefined;
    default:
      suggest(record, answer.data);
      return undefined;
  }
}

function answerWithMessage(
  discord: Discord,
  record: InteractionRecord,
  data: unknown,
  files: readonly UploadedFile[],
): MessageRecord {
  const body = underData(() => {
    const checked = checkMessage(BODIES.content, data ?? {}, files);
    checkFlags(checked, ANSWER_FLAGS);
    return checked;
  });
  const message = post(discord, record, body, files, isEphemeral(body));
  record.answered = 'message';
  record.original = message.id;
  record.settle({ kind: 'message', message: messageObject(discord.world, message, record.person) });
  return message;
}

function defer(discord: Discord, record: InteractionRecord, data: unknown): MessageRecord {
  const body = underData(() => {
    const checked = check(BODIES.content, data ?? {});
    // Whatever else the answer is to be (laid out by components, say) belongs to the edit that follows.
    checkFlags(checked, MessageFlags.Ephemeral);
    return checked;
  });
  record.ephemeral = isEphemeral(body);
  const message = post(discord, record, { flags: body.flags }, [], record.ephemeral, true);
  record.answered = 'deferred';
  record.original = message.id;
  discord.notices.tell(record.person, {
    kind: 'thinking',
    channel: record.channel,
    interaction: record.id,
    done: false,
  });
  record.settle({ kind: 'deferred' });
  return message;
}

function update(
  discord: Discord,
  record: InteractionRecord,
  data: unknown,
  files: readonly UploadedFile[],
): MessageRecord {
  const source = messageOf(discord, record.source ?? '');
  if (!source) throw refuse('unknownMessage');
  const message = underData(() => reviseMessage(discord, source, data ?? {}, files));
  record.answered = 'update';
  record.original = message.id;
  record.settle({ kind: 'message', message: messageObject(discord.world, message, record.person) });
  return message;
}

function openModal(discord: Discord, record: InteractionRecord, data: unknown): void {
  const checked = underData(() => check(modal, data ?? {}));
  const id = discord.ids.next();
  const shown = checked as unknown as APIModalInteractionResponseCallbackData;
  discord.interactions.openModal({
    id,
    person: record.person,
    channel: record.channel,
    source: record.source,
    openedBy: record.metadata,
    data: shown,
  });
  record.answered = 'modal';
  record.settle({ kind: 'modal', modal: id, data: shown });
}

function suggest(record: InteractionRecord, data: unknown): void {
  const { choices: list } = underData(() => check(choices, data ?? {}));
  record.answered = 'choices';
  record.settle({ kind: 'choices', choices: list as APIApplicationCommandOptionChoice[] });
}

/** Posts a message by the application for an interaction. */
export function post(
  discord: Discord,
  record: InteractionRecord,
  body: ContentBody,
  files: readonly UploadedFile[],
  ephemeral: boolean,
  loading = false,
): MessageRecord {
  const { world } = discord;
  const channel = world.channels.get(record.channel);
  if (!channel) throw refuse('unknownChannel');
  const answersTo = record.original ?? record.source ?? '';
  const replied = world.messages.find(answersTo);
  const isCommand =
    record.type === InteractionType.ApplicationCommand && record.original === undefined;
  const type = isCommand
    ? record.isContextMenu
      ? MessageType.ContextMenuCommand
      : MessageType.ChatInputCommand
    : replied
      ? MessageType.Reply
      : MessageType.Default;
  const message = postMessage(discord, {
    channel,
    author: world.application.user,
    body,
    files,
    type,
    webhook: world.application.id,
    application: world.application.id,
    interaction: {
      interaction_metadata: record.metadata,
      ...(isCommand && {
        interaction: {
          id: record.id,
          type: record.type,
          name: record.commandName ?? '',
          user: world.users.get(record.person),
        } as NonNullable<APIMessage['interaction']>,
      }),
    },
    ...(type === MessageType.Reply && {
      reference: { type: 0, message_id: answersTo, channel_id: channel.id },
    }),
    ephemeralFor: ephemeral ? record.person : undefined,
    loading,
  });
  record.messages.add(message.id);
  return message;
}

export function messageOf({ world }: Discord, id: string): MessageRecord | undefined {
  return world.ephemerals.get(id)?.message ?? world.messages.find(id);
}

export function isEphemeral(body: ContentBody): boolean {
  return ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

export function checkFlags(body: ContentBody, allowed: number): void {
  if (((body.flags ?? 0) & ~allowed) === 0) return;
  throw invalidField(['flags'], 'MESSAGE_FLAGS_INVALID', 'These flags are not allowed here.');
}

/** What is wrong with an answer's data is told at `data`. */
function underData<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DiscordError) || error.fields.length === 0) throw error;
    throw invalidForm(error.fields.map((field) => ({ ...field, path: ['data', ...field.path] })));
  }
}
