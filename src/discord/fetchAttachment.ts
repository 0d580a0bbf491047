import type { Attachment, Client } from 'discord.js';
import { Refusal } from '../engine/refusal.ts';

/** Where Discord keeps what people upload. */
const HOSTS = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];
const MEGABYTE = 1_000_000;
const MOST = 25 * MEGABYTE;
const PATIENCE_MS = 15_000;

/**
 * The bytes of what a person uploaded, from Discord's own servers and nowhere else.
 * @throws {Refusal} `file-too-large`, also where it is larger than it says; `file-gone`.
 */
export async function fetchAttachment(
  client: Client,
  { url, size }: Pick<Attachment, 'url' | 'size'>,
): Promise<Uint8Array> {
  if (size > MOST) throw tooLarge();
  if (!isDiscords(client, url)) throw new Refusal('file-gone');
  let body: ReadableStream<Uint8Array> | null;
  const chunks: Uint8Array[] = [];
  let read = 0;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, { redirect: 'error', signal });
    body = answer.ok ? answer.body : null;
    for await (const chunk of body ?? []) {
      read += chunk.length;
      if (read > MOST) break;
      chunks.push(chunk);
    }
  } catch {
    throw new Refusal('file-gone');
  }
  if (body === null) throw new Refusal('file-gone');
  if (read > MOST) throw tooLarge();
  return Buffer.concat(chunks);
}

function isDiscords(client: Client, url: string): boolean {
  // The library's own address of Discord's files: another one where another Discord is configured.
  const { cdn } = client.rest.options;
  try {
    const { origin, href } = new URL(url);
    return HOSTS.includes(origin) || href.startsWith(`${cdn}/`);
  } catch {
    return false;
  }
}

const tooLarge = () => new Refusal('file-too-large', { megabytes: MOST / MEGABYTE });
