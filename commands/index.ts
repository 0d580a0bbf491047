/** Every slash command: the list that runs is the list that is deployed. */
import { goOn } from './continue.ts';
import { help } from './help.ts';
import { load } from './load.ts';
import { regenerate } from './regenerate.ts';
import { rememberThis } from './rememberThis.ts';
import { reset } from './reset.ts';
import { rewind } from './rewind.ts';
import { rewindToHere } from './rewindToHere.ts';
import { save } from './save.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import { variants } from './variants.ts';

export const commands = [
  start,
  stop,
  goOn,
  regenerate,
  variants,
  rewind,
  save,
  load,
  reset,
  rewindToHere,
  rememberThis,
  help,
] as const;
