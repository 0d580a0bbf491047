/** Every kind of event. A kind is its own file and a line in this list; all else derives from it. */
import { characterAuthored } from './characterAuthored.ts';
import { characterRevised } from './characterRevised.ts';
import { chatArchived } from './chatArchived.ts';
import { chatBound } from './chatBound.ts';
import { chatCreated } from './chatCreated.ts';
import { chatUnbound } from './chatUnbound.ts';
import { entityEntered } from './entityEntered.ts';
import { headMoved } from './headMoved.ts';
import { placeCreated } from './placeCreated.ts';
import { replyCompleted } from './replyCompleted.ts';
import { replyContinued } from './replyContinued.ts';
import { replyFailed } from './replyFailed.ts';
import { replyStarted } from './replyStarted.ts';
import { sceneOpened } from './sceneOpened.ts';
import { userSpoke } from './userSpoke.ts';

export const kinds = [
  // what a home owns
  characterAuthored,
  characterRevised,
  // the chat's frame
  chatCreated,
  chatBound,
  chatUnbound,
  chatArchived,
  headMoved,
  // cast and world
  entityEntered,
  placeCreated,
  sceneOpened,
  // turns
  userSpoke,
  replyStarted,
  replyContinued,
  replyCompleted,
  replyFailed,
] as const;
