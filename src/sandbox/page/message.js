/**
 * One message. Its parts are redrawn one by one, and only when what they show has changed, so that
 * a reply that is edited every second stays calm.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 */
import { attachments } from './attachments.js';
import { componentRows } from './components.js';
import { fragment, h, patch } from './dom.js';
import { editor } from './editor.js';
import { embeds } from './embeds.js';
import { icon } from './icons.js';
import { plainText } from './markdown.js';
import { markdown } from './markdownNodes.js';
import { avatar, isApplication, mentionText, nameOf } from './names.js';
import { reactions } from './reactions.js';
import { dismiss } from './session.js';
import { state } from './state.js';
import { clockTime, fullTime, messageTime } from './time.js';

const ephemeralFlag = 1 << 6;
const loadingFlag = 1 << 7;

/**
 * @typedef {object} MessageView
 * @property {HTMLElement} root
 * @property {(message: APIMessage, grouped: boolean) => void} update
 */

export function isEphemeral(/** @type {APIMessage} */ message) {
  return ((message.flags ?? 0) & ephemeralFlag) !== 0;
}

export function isLoading(/** @type {APIMessage} */ message) {
  return ((message.flags ?? 0) & loadingFlag) !== 0;
}

/** @returns {MessageView} */
export function createMessage(/** @type {APIMessage} */ first) {
  const root = h('div', {
    class: 'message',
    role: 'article',
    tabindex: '-1',
    'data-id': first.id,
    'aria-labelledby': `author-${first.id} body-${first.id}`,
  });
  const parts = {
    context: h('div', { class: 'message-context' }),
    side: h('div', { class: 'message-side' }),
    head: h('div', { class: 'message-head' }),
    body: h('div', { class: 'message-body', id: `body-${first.id}` }),
    files: h('div', { class: 'message-files' }),
    embeds: h('div', { class: 'message-embeds' }),
    components: h('div', { class: 'message-components' }),
    reactions: h('div', { class: 'message-reactions' }),
    foot: h('div', { class: 'message-foot' }),
  };
  const { context, side, ...rest } = parts;
  root.append(context, side, h('div', { class: 'message-main' }, ...Object.values(rest)));

  /** @type {unknown[]} what was shown last; messages are replaced, never changed */
  let last = [];
  /** @type {Map<HTMLElement, string>} */
  const drawn = new Map();
  /**
   * @param {HTMLElement} part
   * @param {unknown} shows
   * @param {() => void} draw
   */
  const redraw = (part, shows, draw) => {
    const key = JSON.stringify(shows) ?? '';
    if (drawn.get(part) === key) return;
    drawn.set(part, key);
    draw();
    part.hidden = part.childNodes.length === 0;
  };

  return {
    root,
    update(message, grouped) {
      const me = state.view?.me.id;
      const failure = state.failures.get(message.id);
      const editing = state.editing === message.id;
      const now = [message, grouped, failure, editing];
      if (now.every((value, index) => value === last[index])) return;
      last = now;
      root.classList.toggle('is-grouped', grouped);
      root.classList.toggle('is-ephemeral', isEphemeral(message));
      root.classList.toggle(
        'is-mention',
        message.mentions.some(({ id }) => id === me),
      );

      redraw(context, [message.referenced_message, commandOf(message), message.type], () =>
        context.replaceChildren(fragment([replyLine(message), commandLine(message)])),
      );
      redraw(side, [message.author, grouped], () => side.replaceChildren(sideOf(message, grouped)));
      redraw(parts.head, [message.author, grouped], () =>
        parts.head.replaceChildren(...headOf(message)),
      );
      redraw(parts.body, editing ? 'editing' : bodyKey(message), () => {
        if (editing) parts.body.replaceChildren(editor(message));
        else patch(parts.body, body(message));
      });
      redraw(parts.files, [message.attachments, message.embeds], () =>
        patch(parts.files, attachments(message)),
      );
      redraw(parts.embeds, message.embeds, () => patch(parts.embeds, embeds(message)));
      redraw(parts.components, message.components, () =>
        parts.components.replaceChildren(componentRows(message)),
      );
      redraw(parts.reactions, message.reactions, () =>
        parts.reactions.replaceChildren(reactions(message)),
      );
      redraw(parts.foot, [message.flags, failure, message.thread?.name], () =>
        parts.foot.replaceChildren(
          fragment([failureLine(failure), threadLine(message), ephemeralLine(message)]),
        ),
      );
    },
  };
}

function bodyKey(/** @type {APIMessage} */ message) {
  return [message.content, message.edited_timestamp, message.flags, message.mentions.length];
}

/** @returns {DocumentFragment} */
function body(/** @type {APIMessage} */ message) {
  if (isLoading(message) && !message.content)
    return fragment([thinkingLine(nameOf(message.author))]);
  const content = markdown(message.content);
  if (message.edited_timestamp && message.content) {
    const title = fullTime(new Date(message.edited_timestamp));
    const mark = h('span', { class: 'edited', title }, ' (edited)');
    const last = content.lastElementChild;
    if (last?.matches('.md-paragraph, .md-subtext')) last.append(mark);
    else content.append(mark);
  }
  return content;
}

/** "Mira is thinking", with three dots that only move where motion is welcome. */
export function thinkingLine(/** @type {string} */ name) {
  const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  return h('span', { class: 'thinking' }, dots, `${name} is thinking…`);
}

/**
 * @param {APIMessage} message
 * @param {boolean} grouped
 */
function sideOf(message, grouped) {
  const date = new Date(message.timestamp);
  if (!grouped) return avatar(message.author);
  return h('time', { datetime: date.toISOString(), title: fullTime(date) }, clockTime(date));
}

function headOf(/** @type {APIMessage} */ message) {
  const date = new Date(message.timestamp);
  return [
    h('span', { class: 'message-author', id: `author-${message.id}` }, nameOf(message.author)),
    isApplication(message) ? h('span', { class: 'tag' }, 'APP') : '',
    h('time', { datetime: date.toISOString(), title: fullTime(date) }, messageTime(date)),
  ];
}

function replyLine(/** @type {APIMessage} */ message) {
  if (message.type !== 19 && !message.referenced_message) return null;
  const original = message.referenced_message;
  if (!original) return h('div', { class: 'reply-line' }, icon('reply'), 'The message was deleted');
  const preview =
    plainText(original.content, mentionText) || (original.embeds.length > 0 ? 'a card' : 'a file');
  return h(
    'button',
    { type: 'button', class: 'reply-line', 'data-jump': original.id },
    icon('reply'),
    avatar(original.author, 'avatar-tiny'),
    h('strong', {}, nameOf(original.author)),
    h('span', { class: 'reply-preview' }, preview),
  );
}

/** Which slash command this answers, and whose it was. */
function commandOf(/** @type {APIMessage} */ message) {
  const interaction = message.interaction;
  return interaction && interaction.type === 2
    ? { name: interaction.name, user: interaction.user }
    : null;
}

/** Discord keeps slash commands' names in small letters; what stands in a context menu is as it reads there. */
const isSlash = (/** @type {string} */ name) => /^[-_'\p{Ll}\p{Lo}\p{N} ]+$/u.test(name);

function commandLine(/** @type {APIMessage} */ message) {
  const command = commandOf(message);
  if (!command) return null;
  return h(
    'div',
    { class: 'reply-line' },
    icon('reply'),
    avatar(command.user, 'avatar-tiny'),
    h('strong', {}, nameOf(command.user)),
    ' used ',
    h('span', { class: 'command-name' }, isSlash(command.name) ? `/${command.name}` : command.name),
  );
}

function failureLine(/** @type {string | undefined} */ failure) {
  return failure ? h('div', { class: 'failure', role: 'alert' }, failure) : null;
}

function threadLine(/** @type {APIMessage} */ { thread, channel_id }) {
  // The first message of a forum's post stands in the very thread.
  if (!thread || thread.id === channel_id) return null;
  return h(
    'button',
    { type: 'button', class: 'thread-line', 'data-channel': thread.id },
    icon('thread'),
    h('span', {}, thread.name ?? 'Thread'),
  );
}

function ephemeralLine(/** @type {APIMessage} */ message) {
  if (!isEphemeral(message)) return null;
  return h(
    'div',
    { class: 'ephemeral-line' },
    icon('eye'),
    'Only you can see this · ',
    h(
      'button',
      { type: 'button', class: 'link-button', onclick: () => dismiss(message) },
      'Dismiss',
    ),
  );
}
