/** Every gateway event that is listened to. One is its own file and a line in this list. */

import type { AnyListener } from '../listener.ts';
import { channelDelete } from './channelDelete.ts';
import { guildCreate } from './guildCreate.ts';
import { interactionCreate } from './interactionCreate.ts';
import { messageCreate } from './messageCreate.ts';
import { messageDelete } from './messageDelete.ts';
import { messageDeleteBulk } from './messageDeleteBulk.ts';
import { messageUpdate } from './messageUpdate.ts';
import { threadDelete } from './threadDelete.ts';

export const listeners: readonly AnyListener[] = [
  interactionCreate,
  messageCreate,
  messageUpdate,
  messageDelete,
  messageDeleteBulk,
  channelDelete,
  threadDelete,
  guildCreate,
];
