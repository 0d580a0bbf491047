/**
 * The right side: who is in the channel. And the switch to play as someone else.
 *
 * @import { APIUser } from 'discord-api-types/v10'
 */

import { attempt } from './attempt.js';
import { putInComposer } from './composer.js';
import { byId, h } from './dom.js';
import { closeDrawers } from './drawers.js';
import { openMenu } from './floating.js';
import { interact } from './interact.js';
import { avatar, nameOf } from './names.js';
import { addPerson, openRights, rightsOf } from './personDialogs.js';
import { become, isThread } from './session.js';
import { isOffered } from './slashCommands.js';
import { channelById, guildOf, on, state } from './state.js';
import { sayIfWrong } from './threads.js';

export function setUpPeople() {
  on('view', draw);
  on('channel', draw);
  on('timeline', draw);
}

function draw() {
  const view = state.view;
  if (!view) return;
  const guild = guildOf(state.channel);
  const bot = view.bot;
  const people = (guild?.members ?? [view.me]).filter((user) => !user.bot && user.id !== bot?.id);
  const others = (guild?.members ?? []).filter((user) => user.bot && user.id !== bot?.id);
  byId('people').replaceChildren(
    group(
      'People',
      people.length,
      people.map((user) => person(user, user.id === view.me.id ? 'you' : '')),
    ),
    group('Application', bot || others.length > 0 ? others.length + (bot ? 1 : 0) : 0, [
      ...(bot ? [person(bot, bot.online ? 'online' : 'offline')] : []),
      ...others.map((user) => person(user, '')),
    ]),
  );
  if (!bot)
    byId('people').append(
      h('p', { class: 'people-hint' }, 'The application has not connected yet.'),
    );
}

/**
 * @param {string} title
 * @param {number} count
 * @param {HTMLElement[]} rows
 */
function group(title, count, rows) {
  if (count === 0) return '';
  return h('section', {}, h('h3', {}, `${title}, ${count}`), h('ul', {}, ...rows));
}

/**
 * @param {APIUser} user
 * @param {string} note
 */
function person(user, note) {
  const button = h(
    'button',
    {
      type: 'button',
      class: `person${note === 'offline' ? ' is-away' : ''}`,
      'aria-haspopup': 'menu',
    },
    avatar(user),
    h('span', { class: 'person-name' }, nameOf(user)),
    user.bot && h('span', { class: 'tag' }, 'APP'),
    note && h('span', { class: 'person-note' }, note),
  );
  button.addEventListener('click', () => openMenu(button, nameOf(user), personActions(user)));
  return h('li', {}, button);
}

function personActions(/** @type {APIUser} */ user) {
  const view = state.view;
  const channel = state.channel ?? '';
  const place = channelById(channel);
  const guild = guildOf(channel)?.guild.id ?? null;
  const playable = view?.people.some(({ id }) => id === user.id) && user.id !== view.me.id;
  const apps = (view?.commands ?? []).filter(
    (command) => command.type === 2 && isOffered(command, guild),
  );
  return [
    ...(playable ? [{ label: `Play as ${nameOf(user)}`, run: () => playAs(user.id) }] : []),
    ...(rightsOf(user) ? [{ label: 'What they may do', run: () => openRights(user) }] : []),
    ...(place && isThread(place.type) && user.id !== view?.me.id
      ? [
          {
            label: 'Bring into this thread',
            run: () =>
              void attempt({ kind: 'addToThread', channel, person: user.id }).then(sayIfWrong),
          },
        ]
      : []),
    {
      label: 'Mention',
      run: () => {
        closeDrawers();
        putInComposer(`@${nameOf(user)} `);
      },
    },
    {
      label: 'Copy ID',
      run: () => void navigator.clipboard?.writeText(user.id).catch(() => undefined),
    },
    ...(user.id === view?.me.id ? languages(view.locale) : []),
    ...apps.map(({ name, name_localized }, index) => ({
      label: name_localized ?? name,
      ...(index === 0 ? { heading: 'Apps' } : {}),
      run: () =>
        void interact({ kind: 'menu', channel, name, target: user.id }, { channel, title: name }),
    })),
  ];
}

/** Discord's own setting, which the application is told with everything that this person does. */
function languages(/** @type {string} */ current) {
  const all = [
    { locale: 'en-US', label: 'English' },
    { locale: 'ru', label: 'Русский' },
  ];
  return all.map(({ locale, label }, index) => ({
    label,
    checked: locale === current,
    ...(index === 0 ? { heading: 'Language on Discord' } : {}),
    run: () => void attempt({ kind: 'setLocale', locale }).then(sayIfWrong),
  }));
}

function playAs(/** @type {string} */ id) {
  closeDrawers();
  void become(id).catch(() => undefined);
}

export function choosePerson(/** @type {HTMLElement} */ anchor) {
  const view = state.view;
  if (!view) return;
  openMenu(anchor, 'Play as', [
    ...view.people.map((user, index) => ({
      label: nameOf(user),
      picture: avatar(user, 'avatar-small'),
      checked: user.id === view.me.id,
      ...(index === 0 ? { heading: 'Play as' } : {}),
      run: () => playAs(user.id),
    })),
    {
      label: 'Add a person',
      icon: /** @type {const} */ ('plus'),
      heading: 'Someone new',
      run: addPerson,
    },
    ...languages(view.locale),
  ]);
}
