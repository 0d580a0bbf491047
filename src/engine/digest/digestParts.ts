import { z } from 'zod';
import { listOf, orNone, orNull, orZero } from './parts.ts';

/** Someone, by the short id or the name that the question gave. */
const who = z.string();
/** A turn, by the short id that the question gave. */
const turn = z.string();

const relationship = z.object({
  from: who,
  to: who,
  affinity: orZero,
  trust: orZero,
  /** What `from` learned of `to`. */
  facts: orNone(z.string()),
});

const activity = z.object({
  who,
  /** `away` has left, `awake` is back or woke up; null goes on as it was. */
  status: orNull(z.enum(['awake', 'asleep', 'away'])),
  /** By its name, where it went somewhere else while the others stayed. */
  place: orNull(z.string()),
  posture: orNull(z.string()),
  action: orNull(z.string()),
  attention: orNull(z.string()),
  /** Everything that is in its hands by now; null where nothing was said of them. */
  holding: orNull(z.array(z.string())),
});

const scene = z.object({
  /** `moved` to another place, `done` with it, or a jump in `time`; null goes on. */
  ends: orNull(z.enum(['moved', 'done', 'time'])),
  /** How much the scene that ends mattered, 0 to 3. */
  significance: orZero,
  /** Where it goes on, for `moved`. */
  place: orNull(z.string()),
  /** Who went there. */
  with: orNone(who),
  /** Story time in words, as the next scene opens. */
  time: orNull(z.string()),
  /** How the next scene opens, in a sentence. */
  opening: orNull(z.string()),
});

const memory = z.object({
  owner: who,
  text: z.string(),
  kind: z.enum(['event', 'fact', 'preference', 'promise', 'joke']),
  /** 0 to 1. */
  confidence: z.number(),
  /** Who told it, where the owner has it from somebody else; null where it saw or heard it itself. */
  toldBy: orNull(who),
  /** 0 trivial, 1 minor, 2 notable, 3 decisive. */
  significance: orZero,
  /** The turns that it stands on. */
  turns: orNone(turn),
});

/** A stretch of an unmarked turn that is done and not said, word for word. */
const action = z.object({ turn, text: z.string() });

/** What a digest asks for (DESIGN 4). Each part stands by itself. */
export const digestParts = {
  relationships: listOf(relationship),
  activities: listOf(activity),
  scene: {
    schema: scene,
    fallback: {
      ends: null,
      significance: 0,
      place: null,
      with: [],
      time: null,
      opening: null,
    } as z.output<typeof scene>,
  },
  /** Minutes of story time that pass. */
  minutes: { schema: z.number(), fallback: 0 },
  /** Null where it stayed as it was. */
  weather: { schema: z.string().nullable(), fallback: null as string | null },
  memories: listOf(memory),
  actions: listOf(action),
};

/** What became of an answer: every part there is, whatever the model left out. */
export type DigestAnswer = {
  readonly [K in keyof typeof digestParts]: z.output<(typeof digestParts)[K]['schema']>;
};
