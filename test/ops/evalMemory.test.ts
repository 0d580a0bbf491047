import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { memoryReport } from '../../src/ops/memoryReport.ts';
import { ConversationsError, readConversations } from '../../src/ops/readConversations.ts';

const folder = mkdtempSync(join(tmpdir(), 'conversations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (content: unknown): string => {
  const path = join(folder, 'file.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const turn = { id: '1', speaker: 'Ann', text: 'A wolf!', at: '8 May 2023' };
const told = (change: object = {}) => ({
  conversations: [{ id: 'c', turns: [turn], questions: [], ...change }],
});

describe('a file of conversations', () => {
  test.each([
    ['{ not JSON', /cannot be read/],
    [{}, /conversations: /],
    [{ conversations: [] }, /conversations: /],
    [told({ turns: [{ ...turn, speaker: undefined }] }), /conversations\.0\.turns\.0\.speaker: /],
    [told({ questions: [{ text: 'Who?', kind: 'x' }] }), /questions\.0\.evidence: /],
    [told({ turns: [turn, turn] }), /names two turns alike/],
  ])('that is broken is refused, and what is wrong is named', (content, problem) => {
    const read = () => readConversations(written(content));
    expect(read).toThrow(ConversationsError);
    expect(read).toThrow(problem);
  });

  test('may name evidence that there is not: it is left out, and told', () => {
    const questions = [
      { text: 'Who?', kind: 'single', evidence: ['1', '9'] },
      { text: 'Where?', kind: 2, evidence: ['8'] },
    ];
    const { conversations, unknown } = readConversations(written(told({ questions })));
    expect(conversations[0]?.questions.map(({ text, evidence }) => [text, evidence])).toEqual([
      ['Who?', ['1']],
    ]);
    expect(unknown).toEqual(['c: 9', 'c: 8']);
  });
});

test('the report counts hits and recall, overall, by kind and by conversation', () => {
  const asked = { conversation: 'c', evidence: 2, plainRanks: [], took: 1, plainTook: 1 };
  const report = memoryReport([
    { ...asked, kind: 'single', ranks: [0, 12] },
    { ...asked, kind: 'multi', ranks: [7] },
  ]);
  expect(report.map(({ questions }) => questions)).toEqual([
    'all',
    'kind single',
    'kind multi',
    'conversation c',
  ]);
  expect(report[0]).toMatchObject({ 'hit@5': '0.500', 'hit@10': '1.000', 'recall@10': '0.500' });
});

describe('in the conversations that it was not tuned on', () => {
  test.each([[[]], [['--mixed']]])(
    'retrieval finds at least 0.15 more than plain FTS5 %j',
    async (options) => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        'src/evalMemory.ts',
        'examples/conversations/held-out.json',
        ...options,
      ]);
      const all = stdout.split('\n').find((line) => line.includes("'all'"));
      const gain = Number(all?.match(/'(-?[\d.]+)'\s*│\s*$/)?.[1]);
      expect(gain).toBeGreaterThanOrEqual(0.15);
    },
    20_000,
  );
});
