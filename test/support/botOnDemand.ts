/** Loads all of Troupe, and starts it as `npm start` does when something comes in: loading takes longest. */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { main } from '../../src/main.ts';

// Killed, it could not leave to the next what it compiled.
flushCompileCache();
await once(process.stdin, 'data');
process.stdin.pause();
await main();
