/** Every tab of the drawer, in their order. One is its own file and a line in this list. */
import { cast } from './cast.ts';
import { edits } from './edits.ts';
import { lore } from './lore.ts';
import { memories } from './memories.ts';
import { relationships } from './relationships.ts';
import { scene } from './scene.ts';
import { settings } from './settings.ts';
import { soFar } from './soFar.ts';

export const drawerTabs = [
  scene,
  cast,
  relationships,
  memories,
  soFar,
  lore,
  settings,
  edits,
] as const;
