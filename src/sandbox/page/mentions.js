/** Mentions as one writes them (`@Name`) and as Discord keeps them (`<@id>`). */
import { nameOf } from './names.js';
import { guildOf, state } from './state.js';

/** Everyone who can be mentioned in the open channel. */
export function mentionable() {
  const view = state.view;
  if (!view) return [];
  const users = guildOf(state.channel)?.members ?? view.people;
  const all = view.bot ? [...users, view.bot] : users;
  return all.filter((user, index) => all.findIndex(({ id }) => id === user.id) === index);
}

export function writeMentions(/** @type {string} */ text) {
  // Longer names first, so that "@Ann Lee" is not taken for "@Ann".
  const users = mentionable().sort((a, b) => nameOf(b).length - nameOf(a).length);
  return users.reduce((result, user) => {
    const name = nameOf(user).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return result.replace(
      new RegExp(`(^|[^\\p{L}\\p{N}])@${name}(?![\\p{L}\\p{N}])`, 'gu'),
      `$1<@${user.id}>`,
    );
  }, text);
}

export function readMentions(/** @type {string} */ content) {
  return content.replace(/<@!?(\d+)>/g, (whole, id) => {
    const user = mentionable().find((candidate) => candidate.id === id);
    return user ? `@${nameOf(user)}` : whole;
  });
}
