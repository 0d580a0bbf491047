import { z } from 'zod';

const payload = z.object({ op: z.number(), d: z.unknown().optional() });

const identify = z.object({
  token: z.string(),
  intents: z.number().int(),
  properties: z.object({}),
  shard: z.tuple([z.number().int(), z.number().int()]).default([0, 1]),
});

const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

const requestMembers = z.object({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.number().int().min(0).max(100).optional(),
  user_ids: z.union([z.string().transform((id) => [id]), z.array(z.string()).max(100)]).optional(),
  nonce: z.string().optional(),
});

export type MembersRequest = z.infer<typeof requestMembers>;

/** What a client sent, or nothing when it cannot be read. */
export function parsePayload(text: string): { op: number; d?: unknown } | undefined {
  try {
    return payload.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function parseIdentify(data: unknown): z.infer<typeof identify> | undefined {
  const result = identify.safeParse(data);
  if (!result.success) return undefined;
  return { ...result.data, token: result.data.token.replace(/^Bot /, '') };
}

export function parseResume(data: unknown): z.infer<typeof resume> | undefined {
  const result = resume.safeParse(data);
  if (!result.success) return undefined;
  return { ...result.data, token: result.data.token.replace(/^Bot /, '') };
}

export function parseMembersRequest(data: unknown): MembersRequest | undefined {
  return requestMembers.safeParse(data).data;
}
