import type { IncomingMessage } from 'node:http';
import { invalidField, refuse } from '../discordError.ts';
import type { UploadedFile } from './apiRequest.ts';

/** The largest request, and the largest single file, in bytes. */
const MAX_REQUEST = 25 * 1024 * 1024;
export const MAX_FILE = 10 * 1024 * 1024;

export interface ParsedBody {
  body: unknown;
  files: UploadedFile[];
}

/** @throws 40005 when it is too large */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // The rest is read all the same: closing early would reset the socket before the answer is seen.
    if (size <= MAX_REQUEST) chunks.push(chunk as Buffer);
  }
  if (size > MAX_REQUEST) throw refuse('tooLarge');
  return Buffer.concat(chunks);
}

/** JSON, or multipart with `payload_json` and `files[n]`. */
export async function parseBody(bytes: Buffer, contentType: string): Promise<ParsedBody> {
  if (bytes.length === 0) return { body: {}, files: [] };
  if (contentType.startsWith('multipart/form-data'))
    return await parseMultipart(bytes, contentType);
  if (!contentType.startsWith('application/json')) {
    throw invalidField(
      [],
      'CONTENT_TYPE_INVALID',
      'Expected "Content-Type" header to be one of {\'application/json\'}.',
    );
  }
  return { body: parseJson(bytes.toString('utf8')), files: [] };
}

async function parseMultipart(bytes: Buffer, contentType: string): Promise<ParsedBody> {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch(() => {
      throw refuse('invalidJson');
    });
  let body: unknown = {};
  const files: UploadedFile[] = [];
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') {
      if (name === 'payload_json') body = parseJson(value);
      continue;
    }
    const index = /^files?\[(\d+)\]$/.exec(name)?.[1] ?? String(files.length);
    const content = new Uint8Array(await value.arrayBuffer());
    if (content.length > MAX_FILE) throw refuse('tooLarge');
    files.push({
      index: Number(index),
      name: value.name,
      type: value.type || 'application/octet-stream',
      bytes: content,
    });
  }
  if (files.length > 10) {
    throw invalidField(['files'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  }
  return { body, files };
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
  if (typeof value === 'object' && value !== null) return value;
  throw invalidField([], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
}
