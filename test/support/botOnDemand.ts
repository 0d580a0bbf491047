/** Loads all of Troupe, and starts it as `npm start` does when something comes in: loading takes longest. */
import { once } from 'node:events';
import { main } from '../../src/main.ts';

await once(process.stdin, 'data');
process.stdin.pause();
await main();
