import { setImmediate as nextStep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ModelError } from '../../src/app/ports/model.ts';
import { createLog } from '../../src/ops/createLog.ts';
import { inTurn } from '../../src/ops/turnScope.ts';

function aLog() {
  const lines: string[] = [];
  const log = createLog('debug', false, { write: (line: string) => void lines.push(line) });
  const told = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, told };
}

test('every line that belongs to a turn names it, whoever logs it and whenever', async () => {
  const { log, told } = aLog();
  const client = async (what: string) => {
    await nextStep();
    log.warn({ model: 'm' }, what);
  };
  log.info({}, 'before');
  await Promise.all([
    inTurn('one', async () => {
      await client('of one');
      await inTurn('other', () => client('of another within'));
      log.info({ node: 'late' }, 'of a node that is named');
      await client('of one again');
    }),
    inTurn('two', () => client('of two')),
  ]);
  log.info({ node: null }, 'after');
  const turns = Object.fromEntries(told().map(({ msg, turn }) => [msg, turn]));
  expect(turns).toEqual({
    before: undefined,
    'of one': 'one',
    'of two': 'two',
    'of another within': 'other',
    'of a node that is named': 'late',
    'of one again': 'one',
    after: undefined,
  });
});

test('what was said stays out of the log where it cannot be parsed, and so do the secrets of a request', () => {
  const { log, lines, told } = aLog();
  try {
    JSON.parse('She whispered: I killed him');
  } catch (err) {
    log.error({ err }, 'it failed');
  }
  const url = 'https://discord.com/api/v10/webhooks/1/webhook-token';
  const refused = Object.assign(new Error('Invalid Form Body'), {
    url,
    requestBody: { json: { content: 'I killed him' } },
    rawError: { errors: { content: 'I killed him' } },
  });
  log.warn({ err: refused }, 'it was refused');
  log.warn({ err: new Error('later', { cause: refused }) }, 'it was refused again');
  expect(lines.join('')).not.toMatch(/killed|webhook-token/);
  expect(told()[0]).toMatchObject({
    err: { type: 'SyntaxError', stack: expect.stringMatching(/^\s+at /) },
  });
});

test('a line says whose turn it is once, and of a model that fails what an owner can use', () => {
  const { log, told } = aLog();
  const cause = new Error('other side closed');
  log.warn(
    { chat: 'c', node: 'n', err: new ModelError('unavailable', 'it is down', { cause }) },
    'x',
  );
  const [{ time: _time, pid: _pid, hostname: _hostname, ...line } = {}] = told();
  expect(line).toEqual({
    level: 40,
    turn: 'n',
    chat: 'c',
    err: { type: 'ModelError', failure: 'unavailable', message: 'it is down' },
    msg: 'x',
  });
});
