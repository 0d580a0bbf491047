/** A thread of its own: reading a whole file to check it would keep every story waiting. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkDatabase } from './checkDatabase.ts';
import { copyDatabase } from './copyDatabase.ts';

const { from, to } = workerData as { readonly from: string; readonly to: string };
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());
await copyDatabase(from, to, stop.signal);
const fault = checkDatabase(to);
if (fault !== null) throw new Error(`the copy is ${fault}`);
parentPort?.unref();
