import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { refuse } from '../discordError.ts';
import type { UploadedFile } from '../http/apiRequest.ts';
import { check, complain } from './check.ts';
import { classicComponents, layoutComponents } from './components.ts';
import { embeds } from './embeds.ts';
import { link, snowflake, text, unique, wholeNumber } from './fields.ts';

const allowedMentions = z
  .looseObject({
    parse: unique(z.array(z.enum(['users', 'roles', 'everyone']))).nullish(),
    users: unique(z.array(snowflake).max(100)).nullish(),
    roles: unique(z.array(snowflake).max(100)).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine(({ parse, users, roles }, context) => {
    for (const kind of ['users', 'roles'] as const) {
      const list = kind === 'users' ? users : roles;
      if (!parse?.includes(kind) || !list?.length) continue;
      complain(
        context,
        ['parse'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  });

const attachment = z.looseObject({
  id: snowflake,
  filename: text(1_024, 1).nullish(),
  description: text(1_024).nullish(),
  title: text(1_024).nullish(),
  duration_secs: z.number().min(0).max(0x7fffffff).nullish(),
  waveform: text(400).nullish(),
  is_spoiler: z.boolean().nullish(),
  is_remix: z.boolean().nullish(),
});

/** The part that messages, webhook messages, interaction answers and edits of them share. */
const content = z.looseObject({
  content: text(2_000).nullish(),
  embeds: embeds.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: z.array(z.unknown()).nullish(),
  attachments: z.array(attachment).max(10).nullish(),
  flags: z.number().int().nullish(),
  tts: z.boolean().nullish(),
  sticker_ids: z.array(snowflake).max(3).nullish(),
});

const messageBody = content.extend({
  nonce: z
    .union([text(25), wholeNumber.min(-(2 ** 63)).max(2 ** 63)])
    .transform(String)
    .nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .looseObject({
      type: z.number().int().min(0).max(1).nullish(),
      message_id: snowflake,
      channel_id: snowflake.nullish(),
      guild_id: snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
});

const webhookBody = content.extend({
  username: text(80, 1)
    .superRefine((name, context) => {
      const word = /clyde|discord/i.exec(name)?.[0].toLowerCase();
      if (word === undefined) return;
      complain(context, [], 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${word}"`);
    })
    .nullish(),
  avatar_url: text(2_048).pipe(link()).nullish(),
  thread_name: text(100, 1).nullish(),
  applied_tags: z.array(snowflake).max(5).nullish(),
});

export type ContentBody = z.infer<typeof content>;
export type MessageBody = z.infer<typeof messageBody>;
export type WebhookBody = z.infer<typeof webhookBody>;

export const BODIES = { content, message: messageBody, webhook: webhookBody };

/**
 * Reads the body of a new message.
 * @throws 50035 at what is wrong, 50006 when nothing would be shown
 */
export function checkMessage<T extends z.ZodType<ContentBody>>(
  schema: T,
  body: unknown,
  files: readonly UploadedFile[],
): z.infer<T> {
  const message = check(schema, body) as z.infer<T> & ContentBody;
  checkLayout(message, message.flags ?? 0);
  checkAttachments(message, files, []);
  const shows =
    message.content?.trim() ||
    message.embeds?.length ||
    message.components?.length ||
    files.length > 0 ||
    message.sticker_ids?.length ||
    (message as { message_reference?: { type?: number } | null }).message_reference?.type === 1;
  if (!shows) throw refuse('emptyMessage');
  return message;
}

/** Reads the body of an edit of a message that has `flags` and the attachments `kept`. */
export function checkEdit(
  body: unknown,
  files: readonly UploadedFile[],
  flags: number,
  kept: readonly string[],
): ContentBody {
  const edit = check(content, body);
  // The V2 flag can be added by an edit and never be taken back.
  checkLayout(edit, flags | ((edit.flags ?? 0) & MessageFlags.IsComponentsV2));
  checkAttachments(edit, files, kept);
  return edit;
}

function checkLayout(message: ContentBody, flags: number): void {
  const isLayout = (flags & MessageFlags.IsComponentsV2) !== 0;
  const components = isLayout ? layoutComponents : classicComponents;
  const legacy = z
    .looseObject({ components: components.nullish() })
    .superRefine((value, context) => {
      if (!isLayout) return;
      for (const field of ['content', 'embeds', 'poll', 'sticker_ids']) {
        const given = (value as Record<string, unknown>)[field];
        if (given === undefined || given === null || given === '') continue;
        if (Array.isArray(given) && given.length === 0) continue;
        complain(
          context,
          [field],
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
      }
    });
  check(legacy, message);
}

/** Every listed attachment must be a file of this request or one that the message has. */
function checkAttachments(
  message: ContentBody,
  files: readonly UploadedFile[],
  kept: readonly string[],
): void {
  const known = [...files.map(({ index }) => String(index)), ...kept];
  const schema = z.looseObject({}).superRefine((_, context) => {
    for (const [index, { id }] of (message.attachments ?? []).entries()) {
      if (known.includes(id)) continue;
      complain(
        context,
        ['attachments', index],
        'MESSAGE_ATTACHMENT_NOT_FOUND',
        `Attachment data for "${id}" not found`,
      );
    }
  });
  check(schema, message);
}
