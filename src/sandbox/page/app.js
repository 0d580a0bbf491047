/** The page's start. */
import { setUpActions } from './actions.js';
import { setUpAside } from './aside.js';
import { setUpChannelMenu } from './channelMenu.js';
import { setUpComposer } from './composer.js';
import { byId } from './dom.js';
import { setUpDrawers } from './drawers.js';
import { setUpFaults } from './faults.js';
import { setUpFiles } from './files.js';
import { setUpHeader } from './header.js';
import { watchSpoilers } from './markdownNodes.js';
import { setUpMessageList } from './messageList.js';
import { setUpPeople } from './people.js';
import { openChannel, start } from './session.js';
import { setUpSidebar } from './sidebar.js';
import { state } from './state.js';
import { tickRelativeTimes } from './time.js';
import { markRead } from './unread.js';

setUpDrawers();
setUpHeader();
setUpSidebar();
setUpPeople();
setUpAside();
setUpChannelMenu();
setUpFaults();
setUpMessageList();
setUpActions(byId('messages'));
setUpComposer();
setUpFiles();
watchSpoilers(byId('log'));
tickRelativeTimes();

window.addEventListener('popstate', () => {
  const id = location.hash.slice(1);
  if (id && id !== state.channel) void openChannel(id);
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && state.channel) markRead(state.channel);
});

const longestWait = 8000;

/** The server may still be starting when the page is already open. */
async function startPatiently(wait = 500) {
  try {
    await start();
    byId('connection').textContent = '';
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'Not connected yet.';
    byId('connection').textContent = `${reason} Trying again by itself.`;
    setTimeout(() => void startPatiently(Math.min(wait * 2, longestWait)), wait);
  }
}
void startPatiently();
