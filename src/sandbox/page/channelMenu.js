/**
 * The menu behind the dots above the conversation: what can be done with the channel or thread, and
 * the tools for trying things out.
 *
 * @import { APIChannel } from 'discord-api-types/v10'
 * @import { MenuItem } from './floating.js'
 */
import { showRequests } from './aside.js';
import { openChannelSettings } from './channelSettings.js';
import { byId } from './dom.js';
import { openFaults } from './faults.js';
import { openMenu } from './floating.js';
import { icon } from './icons.js';
import { isForum, isThread } from './session.js';
import { channelById, guildOf, state } from './state.js';
import { newPost, newThread, showArchived, threadActions } from './threads.js';

export function setUpChannelMenu() {
  const button = byId('channel-menu');
  button.append(icon('dots'));
  button.addEventListener('click', () => openMenu(button, 'This channel', items()));
}

/**
 * What can be done with a channel or thread; nothing with direct messages.
 * @param {APIChannel | undefined} channel
 * @returns {MenuItem[]}
 */
export function channelActions(channel) {
  const inGuild = channel && guildOf(channel.id);
  /** @type {MenuItem[]} */
  const about = [];
  if (inGuild && isThread(channel.type)) about.push(...threadActions(channel));
  else if (inGuild && isForum(channel.type))
    about.push(
      { label: 'New post', icon: 'plus', run: () => newPost(channel) },
      { label: 'Show archived', icon: 'archive', run: () => void showArchived(channel) },
    );
  else if (inGuild)
    about.push(
      { label: 'New thread', icon: 'thread', run: () => newThread(channel) },
      { label: 'Show archived', icon: 'archive', run: () => void showArchived(channel) },
    );
  if (inGuild)
    about.push({
      label: 'Settings of this channel',
      icon: 'sliders',
      run: () => void openChannelSettings(channel),
    });
  return about;
}

/** @returns {MenuItem[]} */
function items() {
  return [
    ...channelActions(channelById(state.channel)),
    {
      heading: 'For trying things out',
      label: 'Requests of the application',
      icon: 'list',
      run: showRequests,
    },
    { label: 'Let something go wrong', icon: 'bolt', run: openFaults },
  ];
}
