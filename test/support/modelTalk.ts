import {
  type Model,
  ModelError,
  type ModelMessage,
  type ModelPart,
  type ModelRequest,
} from '../../src/app/ports/model.ts';
import type { Clock } from '../../src/llm/clock.ts';

export type Line = readonly [role: ModelMessage['role'], text: string];

/** A request that says one thing, or a whole conversation. */
export function asking(
  said: string | readonly Line[] = 'Hello?',
  more: Partial<ModelRequest> = {},
): ModelRequest {
  const lines: readonly Line[] = typeof said === 'string' ? [['user', said]] : said;
  return {
    model: 'test-model',
    messages: lines.map(([role, text]) => ({ role, content: [{ kind: 'text', text }] })),
    sampling: { maxTokens: 600 },
    ...more,
  };
}

export interface Heard {
  readonly text: string;
  readonly parts: readonly ModelPart[];
  readonly end: Extract<ModelPart, { kind: 'end' }> | undefined;
  /** What the stream threw, if it did. */
  readonly error: unknown;
}

/** Everything that a model says to a request, and how it ended. */
export async function hear(
  model: Model,
  request = asking(),
  signal = new AbortController().signal,
): Promise<Heard> {
  const parts: ModelPart[] = [];
  let error: unknown;
  try {
    for await (const part of model.stream(request, signal)) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('');
  const end = parts.find((part) => part.kind === 'end');
  return { text, parts, end, error };
}

/** The `ModelError` that a request fails with; fails the test when it is anything else. */
export async function failing(model: Model, request = asking()): Promise<ModelError> {
  const { error, text } = await hear(model, request);
  if (error instanceof ModelError) return error;
  throw new Error(`Expected a ModelError, heard "${text}" and ${String(error)}`, { cause: error });
}

/** A clock that only moves when the test says so. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** Resolves as soon as something waits for exactly so many milliseconds. */
  waitedFor(ms: number): Promise<void>;
}

export function manualClock(start = Date.UTC(2030, 0, 1)): ManualClock {
  let now = start;
  const timers = new Set<{ at: number; ms: number; then: () => void }>();
  const watchers = new Set<{ ms: number; seen: () => void }>();
  return {
    now: () => now,
    after(ms, then) {
      const timer = { at: now + ms, ms, then };
      timers.add(timer);
      for (const watcher of watchers) if (watcher.ms === ms) watcher.seen();
      return () => void timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.then();
      }
    },
    waitedFor(ms) {
      if ([...timers].some((timer) => timer.ms === ms)) return Promise.resolve();
      return new Promise((resolve) => {
        const watcher = {
          ms,
          seen: () => {
            watchers.delete(watcher);
            resolve();
          },
        };
        watchers.add(watcher);
      });
    },
  };
}

/** A clock whose short waits, such as before a retry, are over at once; its deadlines never come. */
export function hastyClock(shortestDeadline = 5_000): Clock {
  return {
    now: () => Date.UTC(2030, 0, 1),
    after(ms, then) {
      if (ms < shortestDeadline) queueMicrotask(then);
      return () => {};
    },
  };
}
