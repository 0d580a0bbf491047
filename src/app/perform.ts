import type { Prompt } from '../engine/prompt/assemblePrompt.ts';
import { cleanReply } from '../engine/prompt/cleanReply.ts';
import { Refusal } from '../engine/refusal.ts';
import type { OocMarkers } from '../engine/segments.ts';
import type { StoryState } from '../engine/state/story.ts';
import type { Chats } from './chats.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import {
  type Model,
  ModelError,
  type ModelRequest,
  type Sampling,
  type Usage,
} from './ports/model.ts';
import type { NewId } from './ports/newId.ts';
import type { Failure, ReplyAddress, ReplySink } from './ports/stage.ts';
import type { Store } from './ports/store.ts';
import type { PromptSettings, Prompts } from './promptFor.ts';
import { replyAt } from './replyAddress.ts';

export interface ReplySettings extends PromptSettings {
  readonly sampling: Sampling;
  /** Whether the model is shown pictures. */
  readonly images: boolean;
  /** What sets off words out of character. */
  readonly ooc: OocMarkers;
}

/** Why a reply's signal fired. */
export const STOPPED = { byPerson: 'stopped', byShutdown: 'shutdown', byMove: 'moved' } as const;

/** Failures that somebody asked for, or that are made good without anybody's doing: no card says so. */
export const isQuiet = (failure: string): boolean =>
  ['stopped', 'shutdown', 'lost'].includes(failure);

/** What came of asking the model. */
export type Performance =
  | {
      readonly kind: 'spoken';
      readonly text: string;
      readonly finish: 'stop' | 'length' | 'filter' | 'stopped' | 'lost' | 'shutdown';
      readonly model: string | null;
      readonly usage: Usage | null;
      /** Why it ended before its time, where nobody asked for that. */
      readonly cut: Failure | null;
    }
  | {
      readonly kind: 'silent';
      readonly failure: Failure;
      /** Someone asked for the silence: nothing needs to be said about it. */
      readonly quiet: boolean;
    };

export type Performer = (
  story: StoryState,
  address: ReplyAddress,
  sink: ReplySink,
  stop: AbortSignal,
) => Promise<Performance>;

interface Needs {
  readonly model: Model;
  readonly chats: Chats;
  readonly store: Pick<Store, 'receipts'>;
  readonly prompts: Prompts;
  readonly settings: ReplySettings;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** Asks the model for one reply and shows it as it comes. Never throws: every ending is an answer. */
export function performer(needs: Needs): Performer {
  const { model, prompts, store, settings, clock, newId, log } = needs;
  return async (story, address, sink, stop) => {
    const { character, node, chat } = address;
    const others = Object.values(story.cast)
      .filter((member) => member.entity !== character)
      .map((member) => member.name);
    const clean = (raw: string, growing: boolean) =>
      cleanReply(raw, { character: address.sheet.name, others, growing });
    const signal = AbortSignal.any([stop, sink.removed]);
    let raw = '';
    let ended: { finish: 'stop' | 'length' | 'filter'; model: string; usage: Usage | null } | null =
      null;
    let problem: unknown = null;
    try {
      const prompt = await promptFor(story, address, needs, signal);
      store.receipts.put(chat, node, prompt.receipt);
      const request = requestFor(prompt, address, needs);
      for await (const part of model.stream(request, signal)) {
        if (part.kind === 'end') {
          ended = part;
          // A picture's tokens say nothing about a text's.
          const plain = request.messages.every(({ content }) => content.length === 1);
          if (part.usage !== null && plain) {
            prompts.learn(settings.model, prompt.receipt, part.usage);
          }
        }
        if (part.kind !== 'text') continue;
        raw += part.text;
        const text = clean(raw, true);
        if (text !== '') sink.show(text);
      }
    } catch (error) {
      problem = error;
    }
    // What a person deleted, or what never arrived, was not said: the channel decides.
    const text = sink.removed.aborted ? sink.kept() : clean(raw, false);
    const id = newId().slice(-8);
    const where = { chat, node };
    const failure = (kind: string): Failure => {
      const seconds = problem instanceof ModelError ? problem.retryAfter : null;
      const retryAt = seconds === null ? null : Math.ceil(clock.now() / 1_000 + seconds);
      const facts = problem instanceof Refusal ? problem.details : {};
      return { kind, details: { id, retryAt, facts } };
    };
    const spoken = { kind: 'spoken', text, model: null, usage: null, cut: null } as const;
    if (signal.aborted) {
      const shutDown = stop.reason === STOPPED.byShutdown;
      const finish = shutDown ? 'shutdown' : 'stopped';
      log.info({ ...where, finish, characters: text.length }, 'a reply was stopped');
      if (text === '') return { kind: 'silent', failure: failure(finish), quiet: true };
      return { ...spoken, finish, cut: shutDown ? failure('restart') : null };
    }
    if (problem !== null) log.warn({ ...where, id, err: problem }, 'the model did not finish');
    if (text === '') return { kind: 'silent', failure: failure(failureOf(problem)), quiet: false };
    const finish = problem === null ? (ended?.finish ?? 'lost') : 'lost';
    log.info({ ...where, finish, characters: text.length, usage: ended?.usage }, 'replied');
    const why = finish === 'filter' ? 'filter' : failureOf(problem);
    const cut = finish === 'filter' || finish === 'lost' ? failure(why) : null;
    return { ...spoken, finish, cut, model: ended?.model ?? null, usage: ended?.usage ?? null };
  };
}

/** Many servers answer an unfinished last message with a new one unless they are told. */
const GO_ON =
  '(Go on exactly where your last message ends, in the same scene. Do not repeat or comment on it.)';

/** Where nothing has been said yet: a request without a message is refused by many servers. */
const OPEN = '(The story begins. Open the scene with your first words and actions.)';

/** What a person wants of this attempt: said to the model once, and to nobody in the story. */
const wish = (note: string): string =>
  `(For your next message only, without mentioning it: ${note})`;

async function promptFor(
  story: StoryState,
  { chat: id, node, character }: ReplyAddress,
  { chats, prompts }: Needs,
  signal: AbortSignal,
): Promise<Prompt> {
  const [meaning, elsewhere] = await Promise.all([
    prompts.meaning({ story, character }, signal),
    prompts.elsewhere(chats.read(id), character),
  ]);
  const chat = chats.read(id);
  const answers = replyAt(chat, node)?.answers ?? [];
  const before = chat.tree.node(node).position;
  return prompts.assemble(chat, { story, character, answers, meaning, before, elsewhere });
}

function requestFor(
  { system, lines }: Prompt,
  { chat, goesOn, variant, note }: ReplyAddress,
  { chats, settings: { model, sampling, images: seeing } }: Needs,
): ModelRequest {
  const own = chats.read(chat).frame.settings.sampling;
  const text = (content: string) => [{ kind: 'text' as const, text: content }];
  return {
    model,
    sampling: { ...sampling, ...own },
    messages: [
      { role: 'system', content: text(system) },
      ...lines.map(({ role, text: line, images }) => ({
        role,
        content: [
          ...text(line),
          ...(seeing ? images.map((url) => ({ kind: 'image' as const, url })) : []),
        ],
      })),
      ...(lines.some(({ role }) => role !== 'system')
        ? []
        : [{ role: 'user' as const, content: text(OPEN) }]),
      ...(goesOn ? [{ role: 'user' as const, content: text(GO_ON) }] : []),
      ...(note === null ? [] : [{ role: 'user' as const, content: text(wish(note)) }]),
    ],
    variant,
  };
}

/** What the person is told about, by kind; a bug is `internal`, and only the log says more. */
function failureOf(problem: unknown): string {
  if (problem === null) return 'broken-answer';
  if (problem instanceof ModelError) return problem.failure;
  if (problem instanceof Refusal) return problem.code;
  return 'internal';
}
