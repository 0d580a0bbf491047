import { APIError } from 'openai';
import { ModelError, type ModelPart, type Usage } from '../app/ports/model.ts';
import { answerChunk, type ToolDelta } from './answerChunk.ts';
import { thinkFilter } from './thinkFilter.ts';

/** Puts one answer together from its chunks. */
export interface AnswerReader {
  /** What a chunk adds for the reader, and whether the model itself showed life in it. */
  read(chunk: unknown): { parts: readonly ModelPart[]; alive: boolean };
  /** The server said why the answer ends; only counts may still come. */
  finished(): boolean;
  /**
   * The last parts.
   * @param ended the server said that the stream is over, as opposed to the connection ending.
   */
  end(ended: boolean): readonly ModelPart[];
}

/** @throws {ModelError} `broken-answer`, `refused` or `unavailable`; {APIError} for errors in the stream. */
export function answerReader(requested: string): AnswerReader {
  const filter = thinkFilter();
  const tools: { id: string | null; index: number; name: string; arguments: string }[] = [];
  let finish: string | null = null;
  let model = requested;
  let usage: Usage | null = null;
  let refusal = '';
  let said = false;
  let chunks = 0;

  function text(words: string): ModelPart[] {
    // Blank text before the first word would become an empty message.
    const shown = said ? words : words.trimStart();
    if (shown === '') return [];
    said = true;
    return [{ kind: 'text', text: shown }];
  }

  function addTool(delta: ToolDelta): void {
    // Some servers send every call with index 0 and tell them apart by id only.
    const open = tools.findLast(({ index }) => index === delta.index);
    if (open && (delta.id === null || delta.id === open.id)) {
      open.name ||= delta.name;
      open.arguments += delta.arguments;
    } else {
      tools.push({ ...delta });
    }
  }

  return {
    finished: () => finish !== null,
    read(data) {
      const chunk = answerChunk(data);
      if (!chunk) {
        throw new ModelError(
          'broken-answer',
          'The model server sent what is not a chat completion',
        );
      }
      if (chunk.error) throw new APIError(undefined, chunk.error, undefined, undefined);
      if (chunk.choices) chunks++;
      finish = chunk.finish ?? finish;
      model = chunk.model ?? model;
      usage = chunk.usage ?? usage;
      refusal += chunk.refusal;
      for (const delta of chunk.tools) addTool(delta);
      const alive =
        chunk.text !== '' || chunk.thinks || chunk.refusal !== '' || chunk.tools.length > 0;
      return { parts: text(filter.push(chunk.text)), alive };
    },
    end(ended) {
      const parts = text(filter.end());
      if (finish === 'error') {
        throw new ModelError('unavailable', 'The model server broke the answer off with an error');
      }
      const reason = refusal ? 'filter' : finishOf(finish);
      const brokenOff = finish === null && !ended;
      if (!said && tools.length === 0 && !(brokenOff && chunks > 0)) {
        throw nothingSaid(reason, refusal, chunks > 0);
      }
      if (brokenOff) {
        throw new ModelError('unavailable', 'The answer of the model server broke off');
      }
      const calls = tools.map(
        ({ name, arguments: args }): ModelPart => ({ kind: 'tool', name, arguments: args || '{}' }),
      );
      return [...parts, ...calls, { kind: 'end', finish: reason, model, usage }];
    },
  };
}

function finishOf(reason: string | null): 'stop' | 'length' | 'filter' {
  switch (reason?.toLowerCase()) {
    case 'length':
    case 'max_tokens':
    case 'model_length':
      return 'length';
    case 'content_filter':
    case 'safety':
    case 'sensitive':
      return 'filter';
    default:
      // 'stop', 'eos', 'tool_calls' and, from servers that name none, null.
      return 'stop';
  }
}

function nothingSaid(
  finish: 'stop' | 'length' | 'filter',
  refusal: string,
  understood: boolean,
): ModelError {
  if (finish === 'filter') {
    const words = refusal.replace(/\s+/g, ' ').trim().slice(0, 300);
    return new ModelError('refused', `The model refused to answer${words && `: ${words}`}`);
  }
  if (finish === 'length') {
    return new ModelError(
      'broken-answer',
      'The model used up its whole answer before saying a word',
    );
  }
  return understood
    ? new ModelError('broken-answer', 'The model gave an empty answer')
    : new ModelError('broken-answer', 'The model server sent nothing that is a chat completion');
}
