/** Every button and select. One is its own file and a line in this list. */
import { beginAnew } from './beginAnew.ts';
import { choose } from './choose.ts';
import { goOn } from './goOn.ts';
import { keep } from './keep.ts';
import { memoryPage } from './memoryPage.ts';
import { peek } from './peek.ts';
import { purge } from './purge.ts';
import { putAway } from './putAway.ts';
import { regenerate } from './regenerate.ts';
import { retry } from './retry.ts';
import { rewind } from './rewind.ts';
import { setAnswers } from './setAnswers.ts';
import { setPart } from './setPart.ts';
import { stop } from './stop.ts';
import { storyPage } from './storyPage.ts';
import { takeBack } from './takeBack.ts';
import { takeUp } from './takeUp.ts';
import { undo } from './undo.ts';
import { variant } from './variant.ts';

export const components = [
  stop,
  goOn,
  regenerate,
  variant,
  retry,
  beginAnew,
  keep,
  rewind,
  undo,
  purge,
  peek,
  choose,
  memoryPage,
  putAway,
  setAnswers,
  setPart,
  storyPage,
  takeBack,
  takeUp,
] as const;
