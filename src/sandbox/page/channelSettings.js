/**
 * Settings of a channel: what the application and everyone may do there. Every switch works at once.
 *
 * @import { APIChannel } from 'discord-api-types/v10'
 * @import { ChannelRights } from '../protocol.ts'
 */
import { fetchRights } from './api.js';
import { attempt } from './attempt.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { channelName, channelNameById, nameOf } from './names.js';
import { isThread } from './session.js';
import { guildOf, on, state } from './state.js';
import { sayIfWrong } from './threads.js';

const sides = /** @type {const} */ (['application', 'everyone']);

export async function openChannelSettings(/** @type {APIChannel} */ channel) {
  const view = state.view;
  if (!view) return;
  /** @returns {Promise<ChannelRights | null>} */
  const load = () => fetchRights(view.me.id, channel.id).catch(() => null);
  const first = await load();
  if (!first) return sayIfWrong('The settings could not be loaded');
  const application = view.bot ? nameOf(view.bot) : 'The application';
  const problem = h('p', { class: 'failure', role: 'alert' });

  /** @type {Map<string, HTMLInputElement>} */
  const switches = new Map();
  const show = (/** @type {ChannelRights} */ rights) => {
    for (const side of sides)
      for (const [name, allowed] of Object.entries(rights[side])) {
        const control = switches.get(`${side} ${name}`);
        if (control) control.checked = allowed;
      }
  };
  const refresh = async () => {
    const rights = await load();
    if (rights) show(rights);
  };
  const control = (/** @type {typeof sides[number]} */ who, /** @type {string} */ permission) => {
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      class: 'switch',
      'aria-label': `${words(permission)}, ${who === 'application' ? application : 'everyone'}`,
    });
    switches.set(`${who} ${permission}`, input);
    input.addEventListener('change', async () => {
      const what = { channel: first.channel, who, permission, allowed: input.checked };
      problem.textContent = (await attempt({ kind: 'setPermission', ...what })) ?? '';
      // One permission can give or take others along, as everyone's does the application's.
      await refresh();
    });
    return input;
  };

  const rows = Object.keys(first.application).map((permission) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, words(permission)),
      ...sides.map((side) => h('td', {}, control(side, permission))),
    ),
  );
  show(first);
  const inThread = isThread(channel.type);
  const stop = on('view', () => void refresh());
  openDialog({
    title: `Settings of ${inThread ? channelNameById(first.channel) : channelName(channel)}`,
    confirm: 'Done',
    plain: true,
    body: [
      h('p', { class: 'dialog-note' }, note(channel, inThread)),
      h(
        'table',
        { class: 'rights' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'May'),
            h('th', { scope: 'col' }, application),
            h('th', { scope: 'col' }, 'Everyone'),
          ),
        ),
        h('tbody', {}, ...rows),
      ),
      problem,
    ],
    onConfirm: () => null,
    onClose: stop,
  });
}

/**
 * @param {APIChannel} channel
 * @param {boolean} inThread
 */
function note(channel, inThread) {
  const guild = guildOf(channel.id);
  const owner = guild?.members.find(({ id }) => guild.rights[id]?.owner);
  const thread = inThread ? 'A thread goes by its channel’s settings. ' : '';
  return `${thread}${owner ? nameOf(owner) : 'The owner'} owns the server and may do everything anyway.`;
}

/** `ManageWebhooks` as words. */
export function words(/** @type {string} */ permission) {
  const text = permission.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
