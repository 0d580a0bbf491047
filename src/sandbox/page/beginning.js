/**
 * What stands above the first message, and the first step where there is none.
 *
 * @import { Timeline } from './state.js'
 */
import { byId, h } from './dom.js';
import { forumContent, forumKey, hasPosts } from './forum.js';
import { icon } from './icons.js';
import { channelName } from './names.js';
import { isForum } from './session.js';
import { slashCommands } from './slashCommands.js';
import { channelById, guildOf, state } from './state.js';

/** @type {string} */
let drawn = '';

export function drawBeginning(/** @type {Timeline | undefined} */ timeline) {
  const place = byId('beginning');
  const channel = channelById(state.channel);
  place.hidden = !channel || (timeline ? !timeline.complete : !isForum(channel.type));
  if (place.hidden || !channel) return;
  const guild = guildOf(channel.id)?.guild.id ?? null;
  const start = slashCommands(state.view?.commands ?? [], { guild }).find(
    ({ path }) => path[0] === 'start',
  );
  const forum = isForum(channel.type);
  const empty = (timeline?.messages.length ?? 0) === 0 && !(forum && hasPosts(channel));
  const key = [
    channel.id,
    channelName(channel),
    empty,
    start?.name,
    state.view?.bot?.online,
    forum && forumKey(channel),
  ].join();
  if (key === drawn) return;
  drawn = key;
  place.classList.toggle('is-empty', empty);
  place.classList.toggle('is-forum', forum && !empty);
  place.replaceChildren(
    h('div', { class: 'beginning-mark' }, icon(forum ? 'forum' : 'mask')),
    h('h2', {}, guild ? channelName(channel) : `You and ${channelName(channel)}`),
    ...(forum ? forumContent(channel) : sentences(empty, start !== undefined)),
  );
}

/**
 * @param {boolean} empty
 * @param {boolean} canStart
 */
function sentences(empty, canStart) {
  if (!empty) return [h('p', {}, 'The story begins here.')];
  if (!state.view?.bot?.online)
    return [
      h(
        'p',
        {},
        'The stage is set. The application is not here yet; it comes by itself once it runs.',
      ),
    ];
  if (!canStart) return [h('p', {}, 'Nothing has been said here yet. Write the first line.')];
  return [
    h('p', {}, 'Nobody is on stage yet. Choose who comes in, then write what you say or do.'),
    h(
      'button',
      { type: 'button', class: 'button button-primary', 'data-command': 'start' },
      'Begin with /start',
    ),
    h('p', { class: 'beginning-hint' }, 'Type / at any time to see what else can be done.'),
  ];
}
