/** Every kind of event. A kind is its own file and a line in this list; all else derives from it. */
import { activityChanged } from './activityChanged.ts';
import { characterAuthored } from './characterAuthored.ts';
import { characterReset } from './characterReset.ts';
import { characterRetired } from './characterRetired.ts';
import { characterRevised } from './characterRevised.ts';
import { chatArchived } from './chatArchived.ts';
import { chatBound } from './chatBound.ts';
import { chatBranched } from './chatBranched.ts';
import { chatConfigured } from './chatConfigured.ts';
import { chatCreated } from './chatCreated.ts';
import { chatRenamed } from './chatRenamed.ts';
import { chatUnbound } from './chatUnbound.ts';
import { clockAdvanced } from './clockAdvanced.ts';
import { contextSaved } from './contextSaved.ts';
import { entityEntered } from './entityEntered.ts';
import { entityLeft } from './entityLeft.ts';
import { erased } from './erased.ts';
import { headMoved } from './headMoved.ts';
import { homeConfigured } from './homeConfigured.ts';
import { lorebookAuthored } from './lorebookAuthored.ts';
import { lorebookRetired } from './lorebookRetired.ts';
import { loreRemoved } from './loreRemoved.ts';
import { loreWritten } from './loreWritten.ts';
import { memoriesFolded } from './memoriesFolded.ts';
import { memoryForgotten } from './memoryForgotten.ts';
import { memoryPinned } from './memoryPinned.ts';
import { memoryRated } from './memoryRated.ts';
import { memoryRevised } from './memoryRevised.ts';
import { memoryUnpinned } from './memoryUnpinned.ts';
import { memoryWritten } from './memoryWritten.ts';
import { personaAuthored } from './personaAuthored.ts';
import { placeCreated } from './placeCreated.ts';
import { placeRevised } from './placeRevised.ts';
import { relationshipSeeded } from './relationshipSeeded.ts';
import { relationshipSet } from './relationshipSet.ts';
import { relationshipShifted } from './relationshipShifted.ts';
import { relationshipSummarized } from './relationshipSummarized.ts';
import { replyCompleted } from './replyCompleted.ts';
import { replyContinued } from './replyContinued.ts';
import { replyFailed } from './replyFailed.ts';
import { replyStarted } from './replyStarted.ts';
import { sceneClosed } from './sceneClosed.ts';
import { sceneOpened } from './sceneOpened.ts';
import { sceneSummarized } from './sceneSummarized.ts';
import { sheetUpdated } from './sheetUpdated.ts';
import { turnRemoved } from './turnRemoved.ts';
import { turnRevised } from './turnRevised.ts';
import { turnSegmented } from './turnSegmented.ts';
import { turnsDigested } from './turnsDigested.ts';
import { userSpoke } from './userSpoke.ts';
import { weatherChanged } from './weatherChanged.ts';

export const kinds = [
  // what a home owns
  characterAuthored,
  characterRevised,
  characterRetired,
  personaAuthored,
  homeConfigured,
  lorebookAuthored,
  lorebookRetired,
  loreWritten,
  loreRemoved,
  // the chat's frame
  chatCreated,
  chatBranched,
  chatBound,
  chatUnbound,
  chatRenamed,
  chatArchived,
  chatConfigured,
  contextSaved,
  headMoved,
  // people's own words, written to the chat that owns the turn
  turnRevised,
  turnRemoved,
  erased,
  // cast
  entityEntered,
  entityLeft,
  sheetUpdated,
  characterReset,
  // world
  placeCreated,
  placeRevised,
  activityChanged,
  sceneOpened,
  sceneClosed,
  sceneSummarized,
  clockAdvanced,
  weatherChanged,
  // turns
  userSpoke,
  replyStarted,
  replyCompleted,
  replyContinued,
  replyFailed,
  turnSegmented,
  turnsDigested,
  // relationships
  relationshipSeeded,
  relationshipShifted,
  relationshipSummarized,
  relationshipSet,
  // memory
  memoryWritten,
  memoryRated,
  memoryPinned,
  memoryUnpinned,
  memoryRevised,
  memoryForgotten,
  memoriesFolded,
] as const;
