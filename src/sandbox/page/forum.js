/**
 * What a forum shows in the middle: its posts, and the way to a new one.
 *
 * @import { APIChannel } from 'discord-api-types/v10'
 */
import { h } from './dom.js';
import { icon } from './icons.js';
import { channelName, userName } from './names.js';
import { guildOf, isReadOnly } from './state.js';
import { newPost, showArchived } from './threads.js';

/**
 * @typedef {APIChannel & { parent_id?: string | null, owner_id?: string, message_count?: number,
 *   thread_metadata?: { archived: boolean, locked?: boolean } }} Post
 */

/** @returns {Post[]} newest first */
function postsOf(/** @type {APIChannel} */ forum) {
  const all = /** @type {Post[]} */ (guildOf(forum.id)?.channels ?? []);
  return all
    .filter((post) => post.parent_id === forum.id && !post.thread_metadata?.archived)
    .sort((a, b) => b.id.length - a.id.length || (a.id < b.id ? 1 : -1));
}

export function hasPosts(/** @type {APIChannel} */ forum) {
  return postsOf(forum).length > 0;
}

/** Changes whenever what is shown does. */
export function forumKey(/** @type {APIChannel} */ forum) {
  const posts = postsOf(forum).map((post) => [post.id, post.name, post.message_count]);
  return JSON.stringify([posts, isReadOnly(forum.id)]);
}

/** @returns {Node[]} */
export function forumContent(/** @type {APIChannel} */ forum) {
  const posts = postsOf(forum);
  const topic = 'topic' in forum ? forum.topic : '';
  return [
    h('p', {}, topic || 'A place for posts.'),
    h(
      'div',
      { class: 'forum-bar' },
      !isReadOnly(forum.id) &&
        h(
          'button',
          { type: 'button', class: 'button button-primary', onclick: () => newPost(forum) },
          icon('plus'),
          'New post',
        ),
      h(
        'button',
        {
          type: 'button',
          class: 'button button-secondary',
          onclick: () => void showArchived(forum),
        },
        'Show archived',
      ),
    ),
    posts.length === 0
      ? h('p', { class: 'beginning-hint' }, 'Nothing has been posted yet.')
      : h(
          'ul',
          { class: 'thread-list forum-posts' },
          ...posts.map((post) => h('li', {}, entry(post))),
        ),
  ];
}

function entry(/** @type {Post} */ post) {
  const answers = Math.max(0, post.message_count ?? 0);
  return h(
    'button',
    { type: 'button', class: 'thread-entry', 'data-channel': post.id },
    icon('forum'),
    h(
      'span',
      { class: 'thread-entry-name' },
      channelName(post),
      h(
        'span',
        { class: 'thread-entry-detail' },
        `${userName(post.owner_id ?? '')} · ${answers === 1 ? '1 message' : `${answers} messages`}`,
      ),
    ),
  );
}
