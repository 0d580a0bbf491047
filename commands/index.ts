/** Every slash command: the list that runs is the list that is deployed. */
import { goOn } from './continue.ts';
import { help } from './help.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';

export const commands = [start, stop, goOn, help] as const;
