import { z } from 'zod';
import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, param, Reply, type Route } from '../http/apiRequest.ts';
import { applicationObject } from '../state/objects.ts';
import { check } from '../validation/check.ts';
import { decodeImage, imageData, text } from '../validation/fields.ts';

/** An application's emojis: how many, and how large each may be in bytes. */
const MAX_EMOJIS = 2_000;
const MAX_EMOJI_SIZE = 256 * 1024;

const emojiName = text(32, 2).regex(/^\w+$/);
const newEmoji = z.looseObject({ name: emojiName, image: imageData });
const emojiEdit = z.looseObject({ name: emojiName.optional() });

export const applicationRoutes: Route[] = [
  {
    method: 'GET',
    path: '/gateway',
    open: true,
    handle: ({ origin }) => ({ url: `${origin.replace('http', 'ws')}/gateway` }),
  },
  { method: 'GET', path: '/gateway/bot', handle: ({ gateway }) => gateway.botObject() },
  {
    method: 'GET',
    path: '/applications/@me',
    handle: ({ world, readsContent }) => applicationObject(world, readsContent),
  },
  {
    method: 'GET',
    path: '/oauth2/applications/@me',
    handle: ({ world, readsContent }) => applicationObject(world, readsContent),
  },
  {
    method: 'GET',
    path: '/applications/:application/emojis',
    handle: ({ world }, request) => {
      ownApplication(world.application.id, request);
      return { items: world.emojis.values().toArray() };
    },
  },
  { method: 'POST', path: '/applications/:application/emojis', handle: createEmoji },
  {
    method: 'GET',
    path: '/applications/:application/emojis/:id',
    handle: (discord, request) => findEmoji(discord, request),
  },
  {
    method: 'PATCH',
    path: '/applications/:application/emojis/:id',
    handle: (discord, request) => {
      const emoji = findEmoji(discord, request);
      const { name = emoji.name } = check(emojiEdit, request.body);
      return discord.world.emojis.put(emoji.id ?? '', { ...emoji, name });
    },
  },
  {
    method: 'DELETE',
    path: '/applications/:application/emojis/:id',
    handle: (discord, request) => {
      const { id } = findEmoji(discord, request);
      discord.world.emojis.delete(id ?? '');
      discord.world.store.removeFile(`emojis/${id}`);
      return undefined;
    },
  },
];

function createEmoji({ world, ids }: Discord, request: ApiRequest): object {
  ownApplication(world.application.id, request);
  const { name, image } = check(newEmoji, request.body);
  const { type = 'image/png', bytes } = decodeImage(image);
  if (bytes.length > MAX_EMOJI_SIZE) throw refuse('emojiTooLarge');
  if (world.emojis.size >= MAX_EMOJIS) throw refuse('maxEmojis');
  const id = ids.next();
  world.store.saveFile(`emojis/${id}`, type, bytes);
  const emoji = world.emojis.put(id, {
    id,
    name,
    roles: [],
    user: world.application.user,
    require_colons: true,
    managed: false,
    animated: type === 'image/gif',
    available: true,
  });
  return new Reply(201, emoji);
}

function findEmoji({ world }: Discord, request: ApiRequest) {
  ownApplication(world.application.id, request);
  const emoji = world.emojis.get(param(request, 'id'));
  if (!emoji) throw refuse('emojiGone');
  return emoji;
}

/** @throws 10002 when the path names another application */
export function ownApplication(own: string, request: ApiRequest): void {
  const id = param(request, 'application');
  if (id !== own && id !== '@me') throw refuse('unknownApplication');
}
