/** Every change that the drawer's buttons make. */
import type { Action } from '../action.ts';
import * as member from './member.ts';
import * as memory from './memory.ts';
import * as relationship from './relationship.ts';
import * as scene from './scene.ts';
import * as settings from './settings.ts';
import * as soFar from './soFar.ts';

export const actions: readonly Action[] = [
  scene,
  member,
  relationship,
  memory,
  soFar,
  settings,
].flatMap((each) => Object.values(each) as unknown as Action[]);
