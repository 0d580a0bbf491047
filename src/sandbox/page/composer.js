/**
 * Where one writes: messages, mentions, files, and slash commands.
 */

import { unreachable } from './api.js';
import { commandForm } from './commandForm.js';
import { byId, h } from './dom.js';
import { fitHeight, startEditing } from './editor.js';
import { addFiles, dropFiles, takeFiles } from './files.js';
import { icon } from './icons.js';
import { interact } from './interact.js';
import { createListbox } from './listbox.js';
import { mentionable, writeMentions } from './mentions.js';
import { avatar, channelName, nameOf } from './names.js';
import { act, isText, isThread } from './session.js';
import { commandInText, searchCommands, slashCommands } from './slashCommands.js';
import { channelById, emit, guildOf, isReadOnly, on, state } from './state.js';

const area = /** @type {HTMLTextAreaElement} */ (byId('composer-text'));
const box = byId('composer-box');
const hint = byId('composer-hint');
const phone = matchMedia('(max-width: 760px)');
const listbox = createListbox('composer-list');
/** @type {ReturnType<typeof commandForm> | null} */
let form = null;
/** @type {Map<string, string>} what was left unsent, by channel */
const drafts = new Map();
/** @type {string | null} */
let draftChannel = null;

export function setUpComposer() {
  byId('composer').prepend(listbox.element);
  byId('composer-send').append(icon('send'));
  byId('composer-attach').append(icon('plus'));
  byId('composer-send').addEventListener('click', () => (form ? form.submit() : void send()));
  area.addEventListener('input', onInput);
  area.addEventListener('keydown', onKey);
  area.addEventListener('blur', () => listbox.hide());
  area.addEventListener('paste', (event) => {
    if (event.clipboardData?.files.length) void addFiles(event.clipboardData.files);
  });
  // Without this the browser would leave the page for the file.
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    if (!form) void addFiles(files);
    else if (!form.takeFile(files)) hint.textContent = 'This command takes no file.';
  });
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('[data-command]') : null;
    if (!(target instanceof HTMLElement)) return;
    event.preventDefault();
    putInComposer(`/${target.dataset.command} `);
  });
  on('channel', changeChannel);
  on('view', drawPlaceholder);
  on('connection', () => {
    if (state.connection === 'open' && hint.textContent === unreachable) hint.textContent = '';
  });
  phone.addEventListener('change', drawPlaceholder);
  on('composer', () => {
    drawReply();
    if (!state.editing) focusComposer();
  });
}

function commands() {
  const guild = guildOf(state.channel)?.guild.id ?? null;
  return slashCommands(state.view?.commands ?? [], { guild });
}

/** Where a keyboard is on the screen, taking the focus would open it over the conversation. */
export function focusComposer() {
  if (matchMedia('(pointer: coarse)').matches) return;
  if (form) form.focus();
  else area.focus();
}

/** Starts a message or a command for the person, as if they had typed it. */
export function putInComposer(/** @type {string} */ text) {
  leaveCommand(text);
  onInput();
  if (form) form.focus();
  else area.focus();
}

function changeChannel() {
  if (draftChannel) drafts.set(draftChannel, area.value);
  draftChannel = state.channel;
  dropFiles();
  leaveCommand(drafts.get(state.channel ?? '') ?? '');
  drawPlaceholder();
  drawReply();
  focusComposer();
}

function drawPlaceholder() {
  const channel = channelById(state.channel);
  const writable = channel !== undefined && isText(channel.type);
  const sign = channel && guildOf(channel.id) && !isThread(channel.type) ? '#' : '';
  const place = `${sign}${channelName(channel)}`;
  byId('composer').hidden = !writable;
  drawClosed(channel);
  area.placeholder = phone.matches
    ? 'Write, or / for commands'
    : `Write in ${place}, or / for commands`;
  area.setAttribute('aria-label', `Message in ${place}`);
}

/** Where one may not write, a line says so in place of the field. */
function drawClosed(/** @type {import('discord-api-types/v10').APIChannel | undefined} */ channel) {
  const closed = channel !== undefined && isReadOnly(channel.id);
  const metadata = channel && 'thread_metadata' in channel ? channel.thread_metadata : undefined;
  box.hidden = closed;
  const line = byId('composer-closed');
  line.hidden = !closed && !metadata?.archived;
  if (closed)
    line.textContent = metadata?.locked
      ? 'This thread is locked.'
      : 'You may read here, but not write.';
  else
    line.textContent = metadata?.archived ? 'This thread is archived. Writing opens it again.' : '';
}

function drawReply() {
  const bar = byId('reply-bar');
  const message = state.replyTo;
  bar.hidden = !message;
  if (!message) return bar.replaceChildren();
  const cancel = () => {
    state.replyTo = null;
    emit('composer');
  };
  bar.replaceChildren(
    h('span', {}, 'Replying to ', h('strong', {}, nameOf(message.author))),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Cancel the reply', onclick: cancel },
      icon('close'),
    ),
  );
}

function onInput() {
  fitHeight(area);
  hint.textContent = '';
  const text = area.value;
  const typed =
    text.startsWith('/') && !text.includes('\n') ? commandInText(commands(), text) : null;
  if (typed) return enterCommand(typed.command, typed.rest);
  if (text.startsWith('/') && !text.includes('\n')) return proposeCommands(text.slice(1));
  const mention = /(?:^|\s)@([\p{L}\p{N} _.-]{0,32})$/u.exec(text.slice(0, area.selectionStart));
  if (mention) proposeMentions(mention[1] ?? '');
  else listbox.hide();
}

function proposeCommands(/** @type {string} */ typed) {
  const found = searchCommands(commands(), typed);
  const proposals = found.map((command) => ({
    key: command.name,
    label: `/${command.name}`,
    detail: command.description,
  }));
  const none = commands().length === 0 && typed === '';
  listbox.show(area, proposals, {
    title: 'Commands',
    first: true,
    empty: none ? 'No commands here yet. The application may still be starting.' : undefined,
    onPick: ({ key }) => {
      const command = found.find(({ name }) => name === key);
      if (command) enterCommand(command, '');
    },
  });
}

function proposeMentions(/** @type {string} */ typed) {
  const wanted = typed.toLowerCase();
  const users = mentionable().filter((user) => nameOf(user).toLowerCase().startsWith(wanted));
  const proposals = users.map((user) => ({
    key: user.id,
    label: nameOf(user),
    picture: avatar(user, 'avatar-tiny'),
  }));
  listbox.show(area, proposals, {
    title: 'Mention',
    first: true,
    onPick: ({ label }) => {
      const end = area.selectionStart;
      area.setRangeText(`@${label} `, end - typed.length - 1, end, 'end');
      listbox.hide();
    },
  });
}

/**
 * @param {import('./slashCommands.js').SlashCommand} command
 * @param {string} rest typed behind its name
 */
function enterCommand(command, rest) {
  listbox.hide();
  const channel = state.channel;
  if (!channel) return;
  form = commandForm(command, listbox, {
    send: (options) => {
      leaveCommand('');
      focusComposer();
      void interact(
        { kind: 'command', channel, path: command.path, options },
        { channel, title: `/${command.name}` },
      );
    },
    leave: (text) => putInComposer(text),
  });
  form.fill(rest);
  area.hidden = true;
  byId('composer-attach').hidden = true;
  area.value = '';
  box.insertBefore(form.root, area);
  form.focus();
}

function leaveCommand(/** @type {string} */ text) {
  form?.root.remove();
  form = null;
  hint.textContent = '';
  listbox.hide();
  area.hidden = false;
  byId('composer-attach').hidden = false;
  area.value = text;
  fitHeight(area);
}

function onKey(/** @type {KeyboardEvent} */ event) {
  if (event.isComposing) return;
  const handled = keyDone(event);
  if (handled) event.preventDefault();
}

/** @returns {boolean} whether the key was used */
function keyDone(/** @type {KeyboardEvent} */ event) {
  switch (event.key) {
    case 'ArrowDown':
      return listbox.isOpen() && listbox.move(1);
    case 'ArrowUp':
      return listbox.isOpen() ? listbox.move(-1) : editLast();
    case 'Tab':
      return !event.shiftKey && listbox.pick();
    case 'Enter':
      if (event.shiftKey) return false;
      if (!listbox.pick()) void send();
      return true;
    case 'Escape':
      if (listbox.isOpen()) listbox.hide();
      else if (state.replyTo) {
        state.replyTo = null;
        emit('composer');
      } else return false;
      return true;
    default:
      return false;
  }
}

function editLast() {
  if (area.value !== '' || !state.channel) return false;
  const me = state.view?.me.id;
  const own = state.timelines
    .get(state.channel)
    ?.messages.findLast((message) => message.author.id === me && message.type !== 20);
  if (own) startEditing(own);
  return own !== undefined;
}

async function send() {
  const channel = state.channel;
  const text = area.value;
  const attachments = takeFiles();
  if (!channel || (text.trim() === '' && attachments.length === 0)) return;
  const replyTo = state.replyTo;
  area.value = '';
  fitHeight(area);
  listbox.hide();
  hint.textContent = '';
  state.replyTo = null;
  drawReply();
  try {
    await act({
      kind: 'say',
      channel,
      content: writeMentions(text.trim()),
      ...(replyTo ? { replyTo: replyTo.id } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
    });
    dropFiles();
  } catch (error) {
    // What was written must not be lost.
    if (area.value === '') area.value = text;
    fitHeight(area);
    hint.textContent = error instanceof Error ? error.message : 'That was not sent.';
  }
}
