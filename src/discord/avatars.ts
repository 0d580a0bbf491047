import type { Client } from 'discord.js';
import type { Log } from '../app/ports/log.ts';
import type { Store } from '../app/ports/store.ts';
import { errorFields } from './problem.ts';

/**
 * Public addresses for characters' pictures.
 *
 * A webhook message takes its avatar by URL, and a bot on someone's own machine has no public address.
 * Discord hosts the pictures of an application's own emojis (2,000 of them, 256 KiB each) for good, so
 * each picture becomes one, named by its hash; the list itself says which are there.
 */
export class Avatars {
  readonly #client: Client;
  readonly #assets: Pick<Store, 'asset'>;
  readonly #log: Log;
  #emojis: Promise<Map<string, string>> | null = null;
  readonly #uploads = new Map<string, Promise<string | null>>();

  constructor(client: Client, assets: Pick<Store, 'asset'>, log: Log) {
    this.#client = client;
    this.#assets = assets;
    this.#log = log;
  }

  /** @param hash of the picture. Null where there is none, or Discord will not take it. */
  url(hash: string | null): Promise<string | null> {
    if (hash === null) return Promise.resolve(null);
    const known = this.#uploads.get(hash) ?? this.#find(hash);
    this.#uploads.set(hash, known);
    return known;
  }

  async #find(hash: string): Promise<string | null> {
    try {
      const name = `a_${hash.slice(0, 24)}`;
      this.#emojis ??= this.#list();
      const id = (await this.#emojis).get(name) ?? (await this.#upload(name, hash));
      return id === null ? null : this.#client.rest.cdn.emoji(id, { extension: 'png', size: 128 });
    } catch (error) {
      // Asked again next time: a character without its picture still speaks.
      this.#emojis = null;
      this.#uploads.delete(hash);
      this.#log.warn(errorFields(error), 'a picture could not be given to Discord');
      return null;
    }
  }

  async #list(): Promise<Map<string, string>> {
    const emojis = await this.#client.application?.emojis.fetch();
    return new Map(emojis?.map((emoji) => [emoji.name, emoji.id]));
  }

  async #upload(name: string, hash: string): Promise<string | null> {
    const asset = this.#assets.asset(hash);
    if (asset === null) return null;
    const image = `data:${asset.type};base64,${Buffer.from(asset.bytes).toString('base64')}`;
    const emoji = await this.#client.application?.emojis.create({ name, attachment: image });
    return emoji?.id ?? null;
  }
}
