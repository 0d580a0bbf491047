import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type WireError, wireError, wordsOf } from './modelAnswers.ts';

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly stream?: boolean;
  readonly response_format?: {
    readonly type: string;
    readonly json_schema?: { readonly schema?: unknown };
  };
  readonly [field: string]: unknown;
}

interface ReplyOptions {
  readonly body: ChatBody;
  readonly answer: Answer;
  readonly options: { readonly pace?: number; readonly wordsPerChunk?: number };
  /** Fires when the server closes. */
  readonly closing: AbortSignal;
}

/** Sends one scripted answer, or the failure that it was told to be. */
export function sendReply(outgoing: ServerResponse, given: ReplyOptions): Promise<void> {
  return new Reply(outgoing, given).send();
}

export function sendJson(
  outgoing: ServerResponse,
  status: number,
  body: unknown,
  headers = {},
): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(JSON.stringify(body));
}

export function sendError(
  outgoing: ServerResponse,
  error: WireError | null,
  retryAfter?: number,
): void {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (error) sendJson(outgoing, error.status, error.body, headers);
}

/** One answer on its way out. */
class Reply {
  readonly #outgoing: ServerResponse;
  readonly #body: ChatBody;
  readonly #answer: Answer;
  readonly #options: { readonly pace?: number; readonly wordsPerChunk?: number };
  readonly #closing: AbortSignal;

  constructor(outgoing: ServerResponse, given: ReplyOptions) {
    this.#outgoing = outgoing;
    this.#body = given.body;
    this.#answer = given.answer;
    this.#options = given.options;
    this.#closing = given.closing;
  }

  async send(): Promise<void> {
    const { fault, raw, steps } = this.#answer;
    if (fault && (fault.when ?? 'before') === 'before' && (await this.#failBefore())) return;
    if (this.#body.stream !== true) return this.#sendWhole();
    this.#outgoing.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
    });
    this.#outgoing.flushHeaders();
    if (raw) {
      for (const piece of raw) {
        await this.#wait();
        this.#outgoing.write(piece);
      }
      if (!fault || !(await this.#failWithin())) this.#outgoing.end();
      return;
    }
    this.#choose({ role: 'assistant', content: '' });
    if (this.#answer.thinking) this.#choose({ reasoning_content: this.#answer.thinking });
    const pieces = this.#pieces();
    const stopAt = fault
      ? fault.when === 'after'
        ? Math.ceil(pieces.length / 2)
        : 0
      : pieces.length;
    for (const piece of pieces.slice(0, stopAt)) {
      await this.#wait();
      this.#choose({ content: piece });
    }
    if (fault) {
      if (steps) await steps.take();
      if (await this.#failWithin()) return;
    } else {
      await this.#wait();
      this.#sendTools();
      this.#finish(this.#answer.finish === undefined ? this.#usualFinish() : this.#answer.finish);
    }
    if (this.#answer.done !== false) this.#outgoing.write('data: [DONE]\n\n');
    this.#outgoing.end();
  }

  /** Fails in place of an answer; false for faults that need one to happen in. */
  async #failBefore(): Promise<boolean> {
    const { fault } = this.#answer;
    if (!fault) return false;
    const error = wireError(fault.kind, this.#body.model);
    if (error) {
      sendError(this.#outgoing, error, fault.retryAfter);
      return true;
    }
    switch (fault.kind) {
      case 'hang':
        await this.#untilGivenUp();
        return true;
      case 'drop':
        this.#outgoing.destroy();
        return true;
      case 'nonsense':
        this.#outgoing
          .writeHead(200, { 'content-type': 'text/plain' })
          .end('All work and no play.\n');
        return true;
      case 'web-page':
        this.#outgoing
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><p>It works');
        return true;
      default:
        return false;
    }
  }

  /** Fails inside the answer; true when nothing may follow, not even the end mark. */
  async #failWithin(): Promise<boolean> {
    const { fault } = this.#answer;
    if (!fault) return false;
    switch (fault.kind) {
      case 'hang':
        await this.#untilGivenUp();
        return true;
      case 'drop':
        // Only once the words before are out, or they would be lost with the connection.
        await new Promise((resolve) => this.#outgoing.write(': bye\n\n', resolve));
        this.#outgoing.destroy();
        return true;
      case 'polite-end':
        this.#outgoing.end();
        return true;
      case 'nonsense':
      case 'web-page':
        this.#outgoing.end('data: {"choices": [{"del\n\n');
        return true;
      case 'refusal':
        for (const word of wordsOf("I'm sorry, but I can't help with that."))
          this.#choose({ refusal: word });
        this.#finish('stop');
        return false;
      case 'content-filter':
        this.#finish('content_filter');
        return false;
      case 'length':
        this.#finish('length');
        return false;
      case 'empty':
        this.#finish('stop');
        return false;
      case 'error-chunk':
        this.#chunk({ error: { message: 'Provider disconnected.' } });
        return false;
      default: {
        const error = wireError(fault.kind, this.#body.model);
        if (error)
          this.#chunk({
            error: { ...error.body.error, code: error.body.error.code ?? error.status },
          });
        return false;
      }
    }
  }

  #sendWhole(): void {
    const content = this.#pieces().join('');
    const { usage, tools } = this.#answer;
    sendJson(this.#outgoing, 200, {
      ...this.#frame('chat.completion'),
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content,
            ...(tools ? { tool_calls: this.#toolCalls() } : {}),
          },
          finish_reason: this.#answer.finish ?? this.#usualFinish(),
        },
      ],
      ...(usage === null ? {} : { usage: this.#usage() }),
    });
  }

  #pieces(): readonly string[] {
    const { pieces, json, text } = this.#answer;
    if (pieces) return pieces;
    const words = wordsOf(json === undefined ? (text ?? '') : JSON.stringify(json));
    const size = this.#options.wordsPerChunk ?? 1;
    return Array.from({ length: Math.ceil(words.length / size) }, (_, index) =>
      words.slice(index * size, (index + 1) * size).join(''),
    );
  }

  #toolCalls(): object[] {
    return (this.#answer.tools ?? []).map(({ name, arguments: args }, index) => ({
      index,
      id: `call_${index}`,
      type: 'function',
      function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
    }));
  }

  #sendTools(): void {
    if (this.#answer.tools) this.#choose({ tool_calls: this.#toolCalls() });
  }

  #usualFinish(): string {
    return this.#answer.tools ? 'tool_calls' : 'stop';
  }

  #finish(reason: string | null): void {
    if (reason !== null) this.#choose({}, reason);
    const asked = (this.#body.stream_options as { include_usage?: boolean } | undefined)
      ?.include_usage;
    if (asked && this.#answer.usage !== null) this.#chunk({ choices: [], usage: this.#usage() });
  }

  #usage(): object {
    if (this.#answer.usage) return this.#answer.usage;
    const asked = wordsOf(
      this.#body.messages.map(({ content }) => JSON.stringify(content)).join(' '),
    ).length;
    const said = wordsOf(this.#pieces().join('')).length;
    return { prompt_tokens: asked, completion_tokens: said, total_tokens: asked + said };
  }

  #choose(delta: object, finish: string | null = null): void {
    this.#chunk({ choices: [{ index: 0, delta, finish_reason: finish }] });
  }

  #chunk(fields: object): void {
    const data = { ...this.#frame('chat.completion.chunk'), ...fields };
    this.#outgoing.write(`data: ${JSON.stringify(data)}\n\n`);
  }

  #frame(object: string): object {
    return {
      id: 'chatcmpl-test',
      object,
      created: 0,
      model: this.#answer.model ?? this.#body.model,
    };
  }

  /** @throws when the client has gone: there is nobody to go on for. */
  async #wait(): Promise<void> {
    const pace = this.#answer.pace ?? this.#options.pace ?? 0;
    if (this.#answer.steps) await this.#answer.steps.take();
    else if (pace > 0) await sleep(pace, undefined, { signal: this.#closing });
    if (this.#outgoing.destroyed) throw new Error('The client has gone');
  }

  /** A hang lasts until the client goes away; closing the server drops its connections. */
  #untilGivenUp(): Promise<unknown> {
    return once(this.#outgoing, 'close');
  }
}
