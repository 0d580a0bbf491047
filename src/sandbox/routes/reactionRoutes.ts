import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, param, queryNumber, type Route } from '../http/apiRequest.ts';
import { putPinned } from '../messages/pins.ts';
import { clearReactions, parseEmoji, react, sameEmoji, unreact } from '../messages/reactions.ts';
import { readableMessage } from '../messages/readableMessage.ts';
import { demand } from '../permissions.ts';
import { userOf } from '../state/objects.ts';
import { demandOpen } from '../threads.ts';
import { openChannel, openMessage } from './lookup.ts';

const REACTIONS = '/channels/:channel/messages/:message/reactions';

export const reactionRoutes: Route[] = [
  {
    method: 'PUT',
    path: `${REACTIONS}/:emoji/@me`,
    handle: (discord, request) => {
      const { channel, message } = openMessage(discord, request, 'ReadMessageHistory');
      demandOpen(channel);
      const emoji = emojiOf(discord, request);
      const bot = discord.world.application.user.id;
      const exists = message.reactors?.some((item) => sameEmoji(item.emoji, emoji));
      if (!exists) demand(discord.world, channel, bot, 'AddReactions');
      react(discord, message, emoji, bot);
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: `${REACTIONS}/:emoji/@me`,
    handle: (discord, request) => {
      const { message } = openMessage(discord, request, 'ViewChannel');
      unreact(discord, message, emojiOf(discord, request), discord.world.application.user.id);
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: `${REACTIONS}/:emoji/:user`,
    handle: (discord, request) => {
      const { message } = openMessage(discord, request, 'ManageMessages');
      unreact(discord, message, emojiOf(discord, request), param(request, 'user'));
      return undefined;
    },
  },
  {
    method: 'GET',
    path: `${REACTIONS}/:emoji`,
    handle: (discord, request) => {
      const { message } = openMessage(discord, request, 'ViewChannel');
      const emoji = emojiOf(discord, request);
      const limit = queryNumber(request, 'limit', { min: 1, max: 100, fallback: 25 });
      const found = message.reactors?.find((item) => sameEmoji(item.emoji, emoji));
      return (found?.users ?? []).slice(0, limit).map((id) => userOf(discord.world, id));
    },
  },
  {
    method: 'DELETE',
    path: REACTIONS,
    handle: (discord, request) => {
      clearReactions(discord, openMessage(discord, request, 'ManageMessages').message);
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: `${REACTIONS}/:emoji`,
    handle: (discord, request) => {
      const { message } = openMessage(discord, request, 'ManageMessages');
      clearReactions(discord, message, emojiOf(discord, request));
      return undefined;
    },
  },
  ...['/channels/:channel/pins/:message', '/channels/:channel/messages/pins/:message'].flatMap(
    (path): Route[] => [
      { method: 'PUT', path, handle: (discord, request) => pin(discord, request, true) },
      { method: 'DELETE', path, handle: (discord, request) => pin(discord, request, false) },
    ],
  ),
  {
    method: 'GET',
    path: '/channels/:channel/pins',
    handle: (discord, request) => pinned(discord, request).map(({ message }) => message),
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages/pins',
    handle: (discord, request) => {
      const limit = queryNumber(request, 'limit', { min: 1, max: 50, fallback: 50 });
      const items = pinned(discord, request);
      return { items: items.slice(0, limit), has_more: items.length > limit };
    },
  },
];

function emojiOf(discord: Discord, request: ApiRequest) {
  const emoji = parseEmoji(discord.world, param(request, 'emoji'));
  if (!emoji) throw refuse('unknownEmoji');
  return emoji;
}

function pin(discord: Discord, request: ApiRequest, on: boolean): undefined {
  const { message } = openMessage(discord, request, 'PinMessages');
  putPinned(discord, message, on);
}

function pinned(discord: Discord, request: ApiRequest) {
  const channel = openChannel(discord, request, 'ViewChannel', 'ReadMessageHistory');
  return discord.world.messages
    .all(channel.id)
    .flatMap((message) => {
      const { pinned_at } = message;
      return pinned_at === undefined
        ? []
        : [{ pinned_at, message: readableMessage(discord, message) }];
    })
    .sort((a, b) => b.pinned_at.localeCompare(a.pinned_at));
}
