import { createHash } from 'node:crypto';
import type { Discord } from '../discord.ts';
import { decodeImage } from '../validation/fields.ts';

/** Keeps an uploaded avatar; gives its hash. Served at `/avatars/OWNER/HASH.png`. */
export function storeAvatar({ world }: Discord, owner: string, data: string): string {
  const { type = 'image/png', bytes } = decodeImage(data);
  const hash = createHash('md5').update(bytes).digest('hex');
  world.store.saveFile(`avatars/${owner}/${hash}`, type, bytes);
  return hash;
}

/**
 * The hash that stands for an address given as `avatar_url`. Discord fetches the picture and serves its
 * own copy; here the CDN path of the hash leads to the address.
 */
export function linkAvatar({ world }: Discord, url: string): string {
  const hash = createHash('md5').update(url).digest('hex');
  if (world.avatars.get(hash) !== url) world.avatars.put(hash, url);
  return hash;
}
