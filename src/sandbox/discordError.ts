/** What is wrong at one place of a request, as Discord writes it. */
export interface FieldError {
  path: (string | number)[];
  code: string;
  message: string;
}

/** An answer that refuses a request: Discord's status, code and body. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly fields: FieldError[];
  override readonly name = 'DiscordError';

  constructor(status: number, code: number, message: string, fields: FieldError[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }

  body(): object {
    const body = { message: this.message, code: this.code };
    return this.fields.length > 0 ? { ...body, errors: nestFields(this.fields) } : body;
  }
}

interface Nested {
  [key: string]: Nested | { code: string; message: string }[];
}

/** `errors` of a 50035: objects along the path, with `_errors` at its end. */
function nestFields(fields: FieldError[]): Nested {
  const root: Nested = {};
  for (const { path, code, message } of fields) {
    let at = root;
    for (const key of path) {
      at[key] ??= {};
      at = at[key] as Nested;
    }
    at._errors ??= [];
    (at._errors as { code: string; message: string }[]).push({ code, message });
  }
  return root;
}

/** The refusals that the sandbox knows, by name: status, code, message. */
const REFUSALS = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownEmoji: [400, 10014, 'Unknown Emoji'],
  emojiGone: [404, 10014, 'Unknown Emoji'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  maxPins: [400, 30003, 'Maximum number of pins reached for the channel (250)'],
  maxWebhooks: [400, 30007, 'Maximum number of webhooks reached (15)'],
  maxReactions: [400, 30010, 'Maximum number of reactions reached (20)'],
  maxCommands: [400, 30032, 'Maximum number of application commands reached (100).'],
  maxCommandCreations: [
    400,
    30034,
    'Max number of daily application command creates has been reached (200)',
  ],
  oldEdits: [
    429,
    30046,
    'Maximum number of edits to messages older than 1 hour reached. Try again later',
  ],
  tooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  cannotActOnDm: [403, 50003, 'Cannot execute action on a DM channel'],
  notAuthor: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  cannotMessageUser: [403, 50007, 'Cannot send messages to this user'],
  notTextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  systemMessage: [403, 50021, 'Cannot execute action on a system message'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  bulkDeleteTooOld: [400, 50034, 'You can only bulk delete messages that are under 14 days old.'],
  invalidApiVersion: [400, 50041, 'Invalid API version'],
  emojiTooLarge: [400, 50045, 'File uploaded exceeds the maximum size'],
  threadArchived: [400, 50083, 'Thread is archived'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  replyNeedsHistory: [400, 160002, 'Cannot reply without permission to read message history'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  threadLocked: [400, 160005, 'This thread is locked'],
  forumNeedsThread: [
    400,
    220001,
    'Webhooks posted to forum channels must have a thread_name or thread_id',
  ],
  forumOneThread: [
    400,
    220002,
    'Webhooks posted to forum channels cannot have both a thread_name and thread_id',
  ],
  threadOnlyInForum: [400, 220003, 'Webhooks can only create threads in forum channels'],
  maxEmojis: [400, 30008, 'Maximum number of emojis reached (2000)'],
} as const satisfies Record<string, readonly [number, number, string]>;

export type Refusal = keyof typeof REFUSALS;

export function refuse(name: Refusal): DiscordError {
  const [status, code, message] = REFUSALS[name];
  return new DiscordError(status, code, message);
}

export function invalidForm(fields: FieldError[]): DiscordError {
  return new DiscordError(400, 50035, 'Invalid Form Body', fields);
}

/** A 50035 about one field. */
export function invalidField(
  path: (string | number)[],
  code: string,
  message: string,
): DiscordError {
  return invalidForm([{ path, code, message }]);
}
