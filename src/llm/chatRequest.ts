import type OpenAI from 'openai';
import type { ModelMessage, ModelRequest } from '../app/ports/model.ts';

type Body = OpenAI.ChatCompletionCreateParamsStreaming;
type Message = OpenAI.ChatCompletionMessageParam;

/** What a server was found not to take for one model; everything is sent until it refuses. */
export interface Concessions {
  /** Names of request fields that are left out. */
  readonly without: ReadonlySet<string>;
  /** Newer hosted models want the answer's bound as `max_completion_tokens`. */
  readonly maxCompletionTokens: boolean;
  /** The chat template of some local models takes only user and assistant, by turns. */
  readonly strictRoles: boolean;
}

export const noConcessions: Concessions = {
  without: new Set(),
  maxCompletionTokens: false,
  strictRoles: false,
};

/** The fields that an answer can do without; `images` stands for the image parts of all messages. */
const optional = [
  'stream_options',
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'stop',
  'tools',
  'images',
] as const;

export function chatRequest(request: ModelRequest, concessions: Concessions): Body {
  const { sampling } = request;
  const takes = (field: (typeof optional)[number]) => !concessions.without.has(field);
  const messages = request.messages.map((message) => chatMessage(message, takes('images')));
  const body: Body = {
    model: request.model,
    messages: concessions.strictRoles ? byTurns(messages) : messages,
    stream: true,
  };
  if (concessions.maxCompletionTokens) body.max_completion_tokens = sampling.maxTokens;
  else body.max_tokens = sampling.maxTokens;
  if (takes('stream_options')) body.stream_options = { include_usage: true };
  if (sampling.temperature !== undefined && takes('temperature')) {
    body.temperature = sampling.temperature;
  }
  if (sampling.topP !== undefined && takes('top_p')) body.top_p = sampling.topP;
  if (sampling.frequencyPenalty !== undefined && takes('frequency_penalty')) {
    body.frequency_penalty = sampling.frequencyPenalty;
  }
  if (sampling.presencePenalty !== undefined && takes('presence_penalty')) {
    body.presence_penalty = sampling.presencePenalty;
  }
  if (sampling.stop?.length && takes('stop')) body.stop = [...sampling.stop];
  if (request.tools?.length && takes('tools')) {
    body.tools = request.tools.map(({ name, description, parameters }) => ({
      type: 'function' as const,
      function: { name, description, parameters: { ...parameters } },
    }));
  }
  const { format } = request;
  if (format?.by === 'json_schema') {
    const { name, schema } = format;
    body.response_format = {
      type: 'json_schema',
      json_schema: { name, schema: { ...schema }, strict: true },
    };
  }
  if (format?.by === 'json_object') body.response_format = { type: 'json_object' };
  return body;
}

/** Whether a server refused a request because of how its answer was to be bound. */
export const refusesFormat = (text: string): boolean =>
  /response_?format|json_schema|json_object|json[ _]mode|structured[ _-]?outputs?|guided_|grammar|json_validate_failed/i.test(
    text,
  );

/**
 * What to leave out or write otherwise after a server refused a request with `text`; undefined
 * when the refusal is about something else, so that asking again would not help.
 */
export function concede(text: string, body: Body, made: Concessions): Concessions | undefined {
  if (
    !made.strictRoles &&
    /roles? must alternate|system role (is )?not supported|only user and assistant roles|system message must be (at )?the (beginning|first)/i.test(
      text,
    )
  ) {
    return { ...made, strictRoles: true };
  }
  if (
    !made.without.has('images') &&
    hasImages(body) &&
    /image_url|image input|images? (is|are)( currently)? not|not support (image|vision|multimodal)|not a multimodal|vision is not/i.test(
      text,
    )
  ) {
    return leavingOut(made, 'images');
  }
  if (
    body.tools &&
    /(not|n't) support (the use of )?tool|support tool use|tool[ _-]?(call\w*|choice|use)? (is|are) not|requires --(jinja|enable-auto-tool)/i.test(
      text,
    )
  ) {
    return leavingOut(made, 'tools');
  }
  if (
    !/unsupported|(not|n't) (be )?(support|permit|allow|recogni)|unknown|unrecognized|unexpected|extra_forbidden|extra inputs|additional propert|invalid (field|argument|param)/i.test(
      text,
    )
  ) {
    return undefined;
  }
  if (body.max_tokens !== undefined && /\bmax_completion_tokens\b|\bmax_tokens\b/.test(text)) {
    return { ...made, maxCompletionTokens: true };
  }
  const field = optional.find(
    (name) => name !== 'images' && body[name] !== undefined && names(text, name),
  );
  return field && leavingOut(made, field);
}

function names(text: string, field: string): boolean {
  // "stop" is also a word; as a field it stands in quotes or after "parameter".
  if (field === 'stop')
    return /["'`]stop["'`]|(param|parameter|argument|field):? stop\b/i.test(text);
  if (field === 'stream_options') return /\bstream_options\b|\binclude_usage\b/.test(text);
  return new RegExp(`\\b${field}\\b`).test(text);
}

function leavingOut(made: Concessions, field: string): Concessions {
  return { ...made, without: new Set([...made.without, field]) };
}

function hasImages(body: Body): boolean {
  return body.messages.some(
    ({ content }) => Array.isArray(content) && content.some((part) => part.type === 'image_url'),
  );
}

function chatMessage(message: ModelMessage, images: boolean): Message {
  const texts = message.content.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const hasImage = message.content.length > texts.length;
  // Plain text goes as a string: not every local server takes parts.
  if (!hasImage || message.role !== 'user') {
    return { role: message.role, content: texts.join('\n') };
  }
  if (!images) {
    return {
      role: 'user',
      content: [...texts, '(An image, which cannot be seen here.)'].join('\n'),
    };
  }
  return {
    role: 'user',
    content: message.content.map((part) =>
      part.kind === 'text'
        ? { type: 'text' as const, text: part.text }
        : { type: 'image_url' as const, image_url: { url: part.url } },
    ),
  };
}

/** The same conversation with user and assistant by turns, the user first, instructions inside. */
function byTurns(messages: readonly Message[]): Message[] {
  const turns: { role: 'user' | 'assistant'; content: OpenAI.ChatCompletionContentPart[] }[] = [];
  for (const { role, content } of messages) {
    const parts: OpenAI.ChatCompletionContentPart[] =
      typeof content === 'string'
        ? [{ type: 'text', text: content }]
        : ((content ?? []) as OpenAI.ChatCompletionContentPart[]);
    const speaker = role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === speaker) last.content.push(...parts);
    else turns.push({ role: speaker, content: [...parts] });
  }
  if (turns[0]?.role === 'assistant') {
    turns.unshift({ role: 'user', content: [{ type: 'text', text: '(The scene begins.)' }] });
  }
  return turns.map(({ role, content }): Message => {
    if (role === 'user' && content.some((part) => part.type !== 'text')) return { role, content };
    const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    return { role, content: texts.join('\n\n') };
  });
}
