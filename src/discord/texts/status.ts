import type { ClassifierProblem, QuestionKind } from '../../app/classifier.ts';
import type { Job } from '../../app/ports/jobs.ts';

const problems: Record<ClassifierProblem, string> = {
  untidy: 'used, once what was around it was taken away',
  'no-answer': 'no answer in it',
  'several-answers': 'several answers that differ',
  'too-long': 'too long',
  'bad-parts': 'parts left out that do not fit',
  'bad-key': 'key refused',
  'unknown-model': 'no such model',
  'rate-limited': 'too many requests',
  unavailable: 'not reached',
  'timed-out': 'too slow',
  'context-too-long': 'too much to read',
  refused: 'declined',
  'broken-answer': 'broken off',
};

const questions: Record<QuestionKind, string> = {
  digest: 'what happened',
  'scene-summary': 'the account of a scene',
  kickoff: 'how a story begins',
};

const work: Record<Job['kind'], (n: number) => string> = {
  answer: (n) => `${n} ${n === 1 ? 'story' : 'stories'} waiting for an answer`,
  deliver: (n) => `${n} ${n === 1 ? 'reply' : 'replies'} to show`,
  show: (n) => `${n} ${n === 1 ? 'channel' : 'channels'} to bring up to date`,
  digest: (n) => `${n} ${n === 1 ? 'reply' : 'replies'} to sink in`,
  summary: (n) => `${n} ${n === 1 ? 'scene' : 'scenes'} to sum up`,
  redigest: (n) => `${n} ${n === 1 ? 'story' : 'stories'} to think over without what was erased`,
  room: (n) => `${n} ${n === 1 ? 'channel' : 'channels'} to open`,
  whisper: (n) => `${n} ${n === 1 ? 'whisper' : 'whispers'} to answer`,
};

/** How Troupe runs. */
export const statusTexts = {
  well: 'All is well. Stories can be played.',
  notWell:
    'Something is not as it should be, and stories may stand still. Whoever manages the server sees more with `/status`.',
  title: { well: 'All is well', notWell: 'Something needs a look' },
  running: 'Running',
  since: (version: string, since: number) => `Troupe ${version}, since <t:${since}:R>`,
  model: (model: string) => `Writing: \`${model}\``,
  classifier: (model: string) => `Reading what happened: \`${model}\``,
  owed: 'To do',
  nothing: 'nothing',
  givenUp: 'Given up',
  work,
  reason: (reason: string) => `Why: ${reason}`,
  restart: 'All of it is tried again when Troupe is started again.',
  backup: 'Last backup',
  made: (at: number, megabytes: string) => `<t:${at}:R>, ${megabytes} MB`,
  noBackup: 'There is none yet. Make one with `npm run backup`.',
  backupFailed: (at: number) =>
    `The last attempt failed <t:${at}:R>. The log says why; \`npm run doctor\` looks at the disk.`,
  failures: 'What the reading model got wrong lately',
  noFailures: 'nothing',
  questions,
  problems,
  attempts: (model: string, n: number) => `\`${model}\`, ${n} ${n === 1 ? 'attempt' : 'attempts'}`,
  pick: 'See what it said…',
  said: 'What the model said',
  asOf: 'Only you see this. As of',
  gone: 'This is not kept any more. Look again with `/status`.',
} as const;
