/** Every form. One is its own file and a line in this list. */

import { drawerEdit } from './drawerEdit.ts';
import { drawerSearch } from './drawerSearch.ts';
import { erase } from './erase.ts';
import { limits } from './limits.ts';
import { lore } from './lore.ts';
import { opening } from './opening.ts';
import { persona } from './persona.ts';
import { remember } from './remember.ts';
import { reset } from './reset.ts';
import { reword } from './reword.ts';
import { settings } from './settings.ts';
import { sheet } from './sheet.ts';

export const modals = [
  drawerEdit,
  drawerSearch,
  erase,
  limits,
  lore,
  opening,
  persona,
  remember,
  reset,
  reword,
  settings,
  sheet,
] as const;
