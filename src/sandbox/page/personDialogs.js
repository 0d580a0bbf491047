/**
 * Adding a person to play as, and what a person may do on the server.
 *
 * @import { APIUser } from 'discord-api-types/v10'
 */

import { attempt } from './attempt.js';
import { askLine, openDialog } from './dialog.js';
import { h } from './dom.js';
import { nameOf } from './names.js';
import { guildOf, state } from './state.js';

export function addPerson() {
  askLine('Add a person', 'Their name', 'Add', (name) => attempt({ kind: 'createPerson', name }));
}

const rights = /** @type {const} */ ([
  { key: 'manageChannels', label: 'Manages channels' },
  { key: 'manageGuild', label: 'Manages the server' },
]);

/** Null where there are no rights to give: in direct messages, or for the application. */
export function rightsOf(/** @type {APIUser} */ { id }) {
  return guildOf(state.channel)?.rights[id] ?? null;
}

export function openRights(/** @type {APIUser} */ user) {
  const guild = guildOf(state.channel)?.guild.id;
  const held = rightsOf(user);
  if (!guild || !held) return;
  const switches = rights.map(({ key, label }) => {
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      class: 'switch',
      checked: held[key],
      disabled: held.owner,
    });
    return { key, input, row: h('label', { class: 'check' }, input, label) };
  });
  openDialog({
    title: `What ${nameOf(user)} may do`,
    confirm: held.owner ? 'Done' : 'Save',
    plain: held.owner,
    body: [
      held.owner &&
        h('p', { class: 'dialog-note' }, `${nameOf(user)} owns the server and may do everything.`),
      ...switches.map(({ row }) => row),
    ],
    onConfirm: () => {
      if (held.owner) return null;
      const wanted = Object.fromEntries(switches.map(({ key, input }) => [key, input.checked]));
      return attempt({ kind: 'setRights', guild, person: user.id, rights: wanted });
    },
  });
}
