import type { Route } from '../http/apiRequest.ts';
import { applicationRoutes } from './applicationRoutes.ts';
import { commandRoutes } from './commandRoutes.ts';
import { guildRoutes } from './guildRoutes.ts';
import { interactionRoutes } from './interactionRoutes.ts';
import { messageRoutes } from './messageRoutes.ts';
import { reactionRoutes } from './reactionRoutes.ts';
import { threadMemberRoutes } from './threadMemberRoutes.ts';
import { threadRoutes } from './threadRoutes.ts';
import { webhookMessageRoutes } from './webhookMessageRoutes.ts';
import { webhookRoutes } from './webhookRoutes.ts';

export const routes: readonly Route[] = [
  ...applicationRoutes,
  ...commandRoutes,
  ...guildRoutes,
  ...interactionRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...threadMemberRoutes,
  ...threadRoutes,
  ...webhookMessageRoutes,
  ...webhookRoutes,
];
