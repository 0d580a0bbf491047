import type { APIAttachment } from 'discord-api-types/v10';
import { cdnOf, type Discord } from '../discord.ts';
import type { UploadedFile } from '../http/apiRequest.ts';
import type { ContentBody } from '../validation/message.ts';

/** Stores a request's files and gives the attachments that a message shows for them. */
export function storeFiles(
  discord: Discord,
  channel: string,
  files: readonly UploadedFile[],
  listed: ContentBody['attachments'],
): APIAttachment[] {
  return files.map((file) => {
    const about = listed?.find(({ id }) => id === String(file.index));
    const id = discord.ids.next();
    const filename = (about?.filename ?? file.name).replaceAll(/[^\w.-]/g, '_');
    const path = `attachments/${channel}/${id}/${filename}`;
    discord.world.store.saveFile(path, file.type, file.bytes);
    const url = `${cdnOf(discord)}/${path}`;
    return {
      id,
      filename,
      ...(about?.description && { description: about.description }),
      content_type: file.type,
      size: file.bytes.length,
      url,
      proxy_url: url,
    };
  });
}

/** Puts the stored address in place of every `attachment://name`. */
export function linkAttachments<T>(value: T, attachments: readonly APIAttachment[]): T {
  if (attachments.length === 0) return value;
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (typeof part !== 'string' || !part.startsWith('attachment://')) return part;
    const name = part.slice('attachment://'.length);
    return attachments.find(({ filename }) => filename === name)?.url ?? part;
  }) as T;
}
