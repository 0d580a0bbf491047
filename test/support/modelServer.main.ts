/** `npm run model-server -- --port 4010 --pace 40`: a model server to play against, without a model. */
import { parseArgs } from 'node:util';
import { faultKinds, smallestOf } from './modelAnswers.ts';
import { type Fault, type RecordedRequest, startModelServer } from './modelServer.ts';

const usage = `Usage: npm run model-server -- [options]
  --port N      port to listen on (default 4010; 0 takes a free one)
  --pace MS     milliseconds between chunks (default 40)
  --words N     words per chunk (default 2)
  --key KEY     take only requests with this key
  --fault KIND  fail this way: ${faultKinds.join(', ')}
  --when WHEN   fail before, at or after the first words (default before)
  --every N     fail at every Nth request only (default 1)`;

const lines = [
  '*looks up and smiles* There you are. I was beginning to think the rain had kept you.',
  '"Hm." *turns the cup in both hands, slowly* "That is not what I expected you to say. Go on."',
  '*laughs under her breath* You always ask the difficult ones first. Give me a moment.',
  'The door creaks in the wind. *waits until it is quiet again* I know someone who could help. You will not like the price.',
  '*leans closer and lowers the voice* Keep it between us. There are ears in this place, and not all of them are friendly.',
  "*shakes the head* No. Not tonight. But ask me again tomorrow, and bring bread. I think better when I'm not hungry.",
  '*walks to the window and looks out for a while before answering* It was a long time ago.\n\nI was young, and I believed that a promise was a thing you could hold in your hand.',
  'Fine! *throws both hands up, though the corner of the mouth gives it away* You win. What now?',
];

function stopWith(problem: string): never {
  console.error(`${problem}\n\n${usage}`);
  process.exit(2);
}

function options() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      options: {
        port: text,
        pace: text,
        words: text,
        key: text,
        fault: text,
        when: text,
        every: text,
      },
    }).values;
  } catch (error) {
    return stopWith(error instanceof Error ? error.message : String(error));
  }
}

function whole(
  name: string,
  value: string | undefined,
  usual: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return usual;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  return stopWith(`--${name} must be a whole number from ${least} to ${most}, not "${value}".`);
}

function fault(kind: string | undefined, when: string | undefined): Fault | undefined {
  if (when !== undefined && when !== 'before' && when !== 'at' && when !== 'after') {
    return stopWith(`--when must be before, at or after, not "${when}".`);
  }
  if (kind === undefined) return when === undefined ? undefined : stopWith('--when needs --fault.');
  const known = faultKinds.find((name) => name === kind);
  return known ? { kind: known, when } : stopWith(`--fault does not know "${kind}".`);
}

const given = options();
const port = whole('port', given.port, 4010, 0, 65_535);
const pace = whole('pace', given.pace, 40, 0, 60_000);
const wordsPerChunk = whole('words', given.words, 2, 1, 1_000);
const every = whole('every', given.every, 1, 1, 1_000_000);
const failing = fault(given.fault, given.when);

let count = 0;
function answer({ body }: RecordedRequest) {
  count++;
  // A bound format gets the smallest answer that fits, so that a classifier has something to read.
  const json = body.response_format ? smallest(body) : undefined;
  const fails = failing && count % every === 0 ? failing : undefined;
  return { text: lines[(body.messages.length + count) % lines.length], json, fault: fails };
}

function smallest(body: RecordedRequest['body']): unknown {
  return smallestOf(body.response_format?.json_schema?.schema ?? { type: 'object' });
}

const server = await startModelServer({
  port,
  pace,
  wordsPerChunk,
  apiKey: given.key,
  answer,
}).catch((error: NodeJS.ErrnoException) =>
  stopWith(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use; choose another with --port.`
      : `The server could not start: ${error.message}`,
  ),
);
console.log(`Model server at ${server.url} (Ctrl+C stops it)`);
process.once('SIGINT', () => void server.close());
process.once('SIGTERM', () => void server.close());
