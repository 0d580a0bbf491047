/** Every button and select. One is its own file and a line in this list. */
import { begin } from './begin.ts';
import { bookAway } from './bookAway.ts';
import { bookPage } from './bookPage.ts';
import { bookUse } from './bookUse.ts';
import { branchThere } from './branchThere.ts';
import { cancelOpening } from './cancelOpening.ts';
import { characterPage } from './characterPage.ts';
import { characterStep } from './characterStep.ts';
import { choose } from './choose.ts';
import { drawer } from './drawer.ts';
import { drawerEdit } from './drawerEdit.ts';
import { drawerPick } from './drawerPick.ts';
import { drawerPin } from './drawerPin.ts';
import { drawerSearch } from './drawerSearch.ts';
import { editOpening } from './editOpening.ts';
import { firstWords } from './firstWords.ts';
import { goOn } from './goOn.ts';
import { grant } from './grant.ts';
import { keep } from './keep.ts';
import { memoryPage } from './memoryPage.ts';
import { newSheet } from './newSheet.ts';
import { openDashboard } from './openDashboard.ts';
import { peek } from './peek.ts';
import { pickRight } from './pickRight.ts';
import { purge } from './purge.ts';
import { putAway } from './putAway.ts';
import { regenerate } from './regenerate.ts';
import { retire } from './retire.ts';
import { retry } from './retry.ts';
import { rewind } from './rewind.ts';
import { setAdults } from './setAdults.ts';
import { setAnswers } from './setAnswers.ts';
import { setLanguage } from './setLanguage.ts';
import { setLimits } from './setLimits.ts';
import { setPart } from './setPart.ts';
import { setPersona } from './setPersona.ts';
import { shareMemories } from './shareMemories.ts';
import { sheetPart } from './sheetPart.ts';
import { sheetStep } from './sheetStep.ts';
import { statusFailure } from './statusFailure.ts';
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
  begin,
  cancelOpening,
  editOpening,
  firstWords,
  keep,
  rewind,
  undo,
  purge,
  peek,
  choose,
  memoryPage,
  branchThere,
  putAway,
  setAnswers,
  setPart,
  setPersona,
  pickRight,
  grant,
  openDashboard,
  setAdults,
  setLanguage,
  setLimits,
  statusFailure,
  storyPage,
  takeBack,
  takeUp,
  bookAway,
  bookPage,
  bookUse,
  characterPage,
  characterStep,
  newSheet,
  retire,
  shareMemories,
  sheetPart,
  sheetStep,
  drawer,
  drawerEdit,
  drawerPick,
  drawerPin,
  drawerSearch,
] as const;
