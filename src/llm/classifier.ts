import type {
  Answer,
  Classifier,
  ClassifierFailure,
  ClassifierProblem,
  Parts,
  Question,
} from '../app/classifier.ts';
import type { Log } from '../app/ports/log.ts';
import { type AnswerFormat, FormatRefused, type Model, ModelError } from '../app/ports/model.ts';
import { nextWay, schemaOf } from './answerFormat.ts';
import { type Checked, checkParts } from './checkParts.ts';
import { classifierPrompt } from './classifierPrompt.ts';
import { abortError, type Clock, systemClock } from './clock.ts';
import { looseJson } from './looseJson.ts';
import type { Redact } from './redact.ts';
import { isRefusal } from './refusals.ts';

export interface ClassifierOptions {
  readonly model: Model;
  /** Names, in the order in which they are asked; the next one where one fails. */
  readonly names: readonly [string, ...string[]];
  /** Milliseconds that one request may take. */
  readonly limit: number;
  /** Most tokens of an answer. */
  readonly maxTokens: number;
  /** Most tokens of a request's messages. */
  readonly promptTokens: number;
  readonly count: (text: string) => number;
  readonly note: (failure: ClassifierFailure) => void;
  readonly redact: Redact;
  readonly log: Log;
  readonly clock?: Clock;
}

/** Characters of a model's words that a failure keeps. */
const KEPT = 2_000;
/** Characters after which nobody goes on listening. */
const LONGEST = 40_000;

/** What one request came to. */
interface Reply {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'filter' | 'too-long';
}

interface Verdict {
  readonly problem: ClassifierProblem | null;
  /** Null where nothing of it is of use. */
  readonly checked: Checked | null;
  /** Whether the way in which the model was bound seems not to have worked. */
  readonly unbound: boolean;
}

/**
 * A classifier on top of a model. Each model is asked once; the first answer that cannot be used is
 * followed by one stricter request, to the same model unless it refused, and every failure by the
 * next model. How a model can be bound to a shape is remembered as long as this object lives.
 */
export function classifier(options: ClassifierOptions): Classifier {
  const { model, names, count, log, clock = systemClock } = options;
  const ways = new Map<string, AnswerFormat['by']>();

  async function ask<const P extends Parts>(
    question: Question<P>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Answer<P>> {
    const schema = schemaOf(question.parts);
    const passing: ModelError[] = [];
    let strict = false;
    for (const name of names) {
      for (let attempts = 1; ; attempts++) {
        const by = ways.get(name) ?? 'json_schema';
        const note = (problem: ClassifierProblem, raw: string, parts: readonly string[] = []) =>
          record(question, { model: name, problem, parts, raw, attempts });
        try {
          const format = { name: question.kind, by, schema };
          const budget = options.promptTokens;
          const messages = classifierPrompt({ question, format, strict, count, budget });
          const sampling = { temperature: 0, maxTokens: options.maxTokens };
          const reply = await listen({ model: name, messages, sampling, format }, signal);
          const { problem, checked, unbound } = judge(question.parts, reply);
          if (problem !== null) note(problem, reply.text, checked?.bad);
          if (unbound) ways.set(name, nextWay(by));
          // The parts' own schemas made each of them what the question promises.
          if (checked !== null) return checked.answer as Answer<P>;
          if (strict || problem === 'refused') break;
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          if (error instanceof FormatRefused && by !== 'prompt') {
            log.info({ model: name, by }, 'The model server does not bind answers this way');
            ways.set(name, nextWay(by));
            continue;
          }
          note(error.failure, error.message);
          if (mayPass(error)) passing.push(error);
          if (strict || error.failure !== 'broken-answer') break;
        }
        strict = true;
      }
    }
    const [first] = passing;
    if (first !== undefined) throw first;
    return checkParts(question.parts, {}).answer as Answer<P>;
  }

  /** One request, within the limit. */
  async function listen(
    request: Parameters<Model['stream']>[0],
    signal: AbortSignal,
  ): Promise<Reply> {
    const stop = new AbortController();
    let late = false;
    const cancel = clock.after(options.limit, () => {
      late = true;
      stop.abort();
    });
    let text = '';
    try {
      for await (const part of model.stream(request, AbortSignal.any([signal, stop.signal]))) {
        if (part.kind === 'end') return { text, finish: part.finish };
        if (part.kind === 'text') text += part.text;
        if (text.length > LONGEST) return { text, finish: 'too-long' };
      }
    } catch (error) {
      if (signal.aborted) throw abortError();
      if (!late) throw error;
      const seconds = options.limit / 1_000;
      throw new ModelError('timed-out', `The model did not end its answer within ${seconds} s`);
    } finally {
      cancel();
    }
    throw new ModelError('broken-answer', 'The model ended without saying so');
  }

  function record(
    { kind, chat, node }: Question<Parts>,
    failed: Pick<ClassifierFailure, 'model' | 'problem' | 'parts' | 'raw' | 'attempts'>,
  ): void {
    const { model: name, problem, parts, attempts } = failed;
    const raw = options.redact(failed.raw).slice(0, KEPT).toWellFormed();
    options.note({ kind, chat, node, ...failed, raw, at: clock.now() });
    // A model that cannot be bound says something around every answer.
    const level = problem === 'untidy' ? 'debug' : 'warn';
    const fields = { kind, chat, node, model: name, problem, parts, attempts };
    log[level](fields, 'the classifier could not use an answer as it was');
  }

  return { ask };
}

/** What may be otherwise when the same is asked later. */
const mayPass = ({ failure }: ModelError): boolean =>
  failure === 'unavailable' || failure === 'rate-limited' || failure === 'timed-out';

function judge(parts: Parts, { text, finish }: Reply): Verdict {
  const useless = (problem: ClassifierProblem, unbound = false): Verdict => ({
    problem,
    checked: null,
    unbound,
  });
  if (finish === 'filter') return useless('refused');
  if (finish === 'too-long') return useless('too-long');
  const { objects, tidy } = looseJson(text);
  const answers = objects.filter((object) => Object.keys(object).some((key) => key in parts));
  const [first] = answers;
  const whole = finish === 'stop';
  if (first === undefined) {
    return isRefusal(text) ? useless('refused') : useless('no-answer', whole);
  }
  if (answers.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
    return useless('several-answers', whole);
  }
  const checked = checkParts(parts, first);
  if (checked.useless) return useless('bad-parts', whole);
  const problem = checked.bad.length > 0 ? 'bad-parts' : tidy ? null : 'untidy';
  return { problem, checked, unbound: whole && !tidy };
}
