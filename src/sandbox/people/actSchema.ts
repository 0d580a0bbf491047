import { z } from 'zod';

const id = z.string();
const attachment = z.object({ name: id, type: id, base64: z.base64() });
const options = z.array(
  z.object({
    name: id,
    value: z.union([z.string(), z.number(), z.boolean()]),
    file: attachment.optional(),
  }),
);

const flag = z.boolean().optional();
const ms = z.number().min(0).max(60_000);

const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('latency'), ms, jitter: ms.optional() }),
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfter: ms.optional(),
  }),
  z.object({ kind: z.literal('drop'), when: z.enum(['before', 'after']) }),
]);

/** What `POST /sandbox/act` takes. */
export const actSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('say'),
    channel: id,
    content: id,
    replyTo: id.optional(),
    attachments: z.array(attachment).max(10).optional(),
  }),
  z.object({ kind: z.literal('edit'), channel: id, message: id, content: id }),
  z.object({ kind: z.literal('delete'), channel: id, message: id }),
  z.object({ kind: z.literal('react'), channel: id, message: id, emoji: id }),
  z.object({ kind: z.literal('command'), channel: id, path: z.array(id).min(1), options }),
  z.object({
    kind: z.literal('autocomplete'),
    channel: id,
    path: z.array(id).min(1),
    options,
    focused: id,
  }),
  z.object({ kind: z.literal('menu'), channel: id, name: id, target: id }),
  z.object({ kind: z.literal('click'), channel: id, message: id, customId: id }),
  z.object({
    kind: z.literal('select'),
    channel: id,
    message: id,
    customId: id,
    values: z.array(id),
  }),
  z.object({
    kind: z.literal('submit'),
    modal: id,
    values: z.record(id, id),
    files: z.record(id, z.array(attachment).max(10)).optional(),
  }),
  z.object({ kind: z.literal('type'), channel: id }),
  z.object({
    kind: z.literal('createChannel'),
    guild: id,
    name: id,
    topic: id.optional(),
    forum: flag,
  }),
  z.object({
    kind: z.literal('createThread'),
    channel: id,
    name: id,
    message: id.optional(),
    private: flag,
  }),
  z.object({
    kind: z.literal('createPost'),
    channel: id,
    name: id,
    content: id,
    attachments: z.array(attachment).max(10).optional(),
  }),
  z.object({
    kind: z.literal('changeThread'),
    channel: id,
    name: id.optional(),
    archived: flag,
    locked: flag,
  }),
  z.object({ kind: z.literal('joinThread'), channel: id }),
  z.object({ kind: z.literal('leaveThread'), channel: id }),
  z.object({ kind: z.literal('addToThread'), channel: id, person: id }),
  z.object({ kind: z.literal('openDirectMessage') }),
  z.object({ kind: z.literal('createPerson'), name: id }),
  z.object({ kind: z.literal('setLocale'), locale: id }),
  z.object({
    kind: z.literal('setRights'),
    guild: id,
    person: id,
    rights: z.object({ manageChannels: flag, manageGuild: flag }),
  }),
  z.object({
    kind: z.literal('setPermission'),
    channel: id,
    who: z.enum(['application', 'everyone']),
    permission: id,
    allowed: z.boolean(),
  }),
  z.object({
    kind: z.literal('armFault'),
    fault,
    times: z.number().int().min(1).max(1_000).optional(),
  }),
  z.object({ kind: z.literal('clearFaults') }),
  z.object({
    kind: z.literal('breakGateway'),
    how: z.enum(['resumable', 'final', 'reconnect', 'invalidResumable', 'invalid']),
  }),
]);
