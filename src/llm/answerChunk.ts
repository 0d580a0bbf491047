import { z } from 'zod';
import type { Usage } from '../app/ports/model.ts';

/** What one chunk of a streamed answer says, whichever server said it. */
export interface AnswerChunk {
  /** It has the shape of a completion, even an empty one. */
  readonly choices: boolean;
  /** '' when the chunk carries none. */
  readonly text: string;
  /** The model is thinking aloud; what it thinks is never shown. */
  readonly thinks: boolean;
  readonly refusal: string;
  readonly tools: readonly ToolDelta[];
  readonly finish: string | null;
  readonly model: string | null;
  readonly usage: Usage | null;
  /** Set when the chunk is an error report instead. */
  readonly error: { readonly message: string; readonly code: unknown } | null;
}

export interface ToolDelta {
  readonly index: number;
  readonly id: string | null;
  readonly name: string;
  readonly arguments: string;
}

const text = z.string().nullish().catch(null);
const parts = z.array(z.looseObject({ type: text, text })).catch([]);
const toolCall = z.looseObject({
  index: z.number().nullish().catch(null),
  id: text,
  function: z.looseObject({ name: text, arguments: z.unknown().optional() }).nullish().catch(null),
});
/** `message` instead of `delta`: an answer that came whole, though a stream was asked for. */
const said = z.looseObject({
  content: z.union([z.string(), parts]).nullish().catch(null),
  reasoning_content: text,
  reasoning: text,
  refusal: text,
  tool_calls: z.array(toolCall).nullish().catch(null),
});
const choice = z.looseObject({
  delta: said.nullish().catch(null),
  message: said.nullish().catch(null),
  finish_reason: text,
});
const count = z.number().int().nonnegative();
const chunk = z.looseObject({
  model: text,
  choices: z.array(choice).nullish().catch(null),
  usage: z.looseObject({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null),
  object: text,
  message: z.unknown().optional(),
  code: z.unknown().optional(),
});

/** Reads one chunk leniently: what is missing is empty. Undefined when it is not the protocol. */
export function answerChunk(data: unknown): AnswerChunk | undefined {
  const parsed = chunk.safeParse(data);
  if (!parsed.success) return undefined;
  const { choices, usage, model, object, message, code } = parsed.data;
  const first = choices?.[0];
  const words = first?.delta ?? first?.message;
  const content = words?.content ?? '';
  const isText = typeof content === 'string';
  return {
    choices: Array.isArray(choices),
    text: isText ? content : content.map((part) => part.text ?? '').join(''),
    // Some hosts stream thinking as content parts of a kind of their own.
    thinks: Boolean(
      words?.reasoning_content ||
        words?.reasoning ||
        (!isText && content.some((p) => p.type === 'thinking')),
    ),
    refusal: words?.refusal ?? '',
    tools: (words?.tool_calls ?? []).map((call) => ({
      index: call.index ?? 0,
      id: call.id || null,
      name: call.function?.name ?? '',
      arguments: argumentText(call.function?.arguments),
    })),
    finish: first?.finish_reason || null,
    model: model || null,
    usage: usage ? { input: usage.prompt_tokens, output: usage.completion_tokens } : null,
    // vLLM reports an error in the middle of a stream without the `error` envelope.
    error:
      object === 'error' && !choices
        ? { message: typeof message === 'string' ? message : JSON.stringify(message ?? ''), code }
        : null,
  };
}

function argumentText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
