/** Every slash command: the list that runs is the list that is deployed. */

import { branch } from './branch.ts';
import { branchFromHere } from './branchFromHere.ts';
import { character } from './character.ts';
import { chat } from './chat.ts';
import { context } from './context.ts';
import { goOn } from './continue.ts';
import { drawer } from './drawer.ts';
import { help } from './help.ts';
import { load } from './load.ts';
import { lore } from './lore.ts';
import { memory } from './memory.ts';
import { fresh } from './new.ts';
import { persona } from './persona.ts';
import { privacy } from './privacy.ts';
import { regenerate } from './regenerate.ts';
import { regenerateThis } from './regenerateThis.ts';
import { rememberThis } from './rememberThis.ts';
import { reset } from './reset.ts';
import { rewind } from './rewind.ts';
import { rewindToHere } from './rewindToHere.ts';
import { save } from './save.ts';
import { scene } from './scene.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { time } from './time.ts';
import { variants } from './variants.ts';
import { whisper } from './whisper.ts';
import { whyThisReply } from './whyThisReply.ts';

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
  regenerateThis,
  whyThisReply,
  rememberThis,
  branch,
  branchFromHere,
  fresh,
  chat,
  scene,
  time,
  memory,
  whisper,
  drawer,
  context,
  character,
  lore,
  persona,
  privacy,
  settings,
  status,
  help,
] as const;
