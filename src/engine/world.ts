import { z } from 'zod';
import { type Gone, without } from './blanking.ts';
import { bookId, entityId, nodeId, placeId } from './ids.ts';

/** Shapes that several kinds of events share. Ranges that a person may overstep are `evolve`'s to apply. */
const words = (max: number) => z.string().trim().min(1).max(max);

export const place = z.object({
  name: words(100),
  /** Such as "inn", "ship" or "road"; null where nobody said. */
  type: words(60).nullable(),
  /** Moves with who is in it: a coach, a ship. */
  moving: z.boolean(),
  public: z.boolean(),
  /** How far what is said here is heard: by nobody else, in the same place, or in those beside it. */
  audible: z.enum(['close', 'here', 'around']),
  /** The place that it is in. */
  parent: placeId.nullable(),
});
export type Place = z.infer<typeof place>;

/** A place of which only the name is known. */
export const namedPlace = (name: string): Place => ({
  name,
  type: null,
  moving: false,
  public: true,
  audible: 'here',
  parent: null,
});

/** The name of a place whose name was erased. */
export const SOMEWHERE = 'Somewhere';

/** A place, or changes to one, without words that go. */
export const withoutNames = <P extends Partial<Place>>(place: P, gone: Gone): P =>
  without<Partial<Place>>(place, gone, { name: (name) => [name], type: (type) => [type] }) as P;

export const activity = z.object({
  posture: words(100).nullable(),
  action: z
    .object({
      verb: words(200),
      interruptible: z.boolean(),
      attentionNeeded: z.enum(['none', 'some', 'full']),
      /** Minutes of story time that it is expected to take. */
      expectedDuration: z.int().min(0).nullable(),
    })
    .nullable(),
  /** What or whom it attends to. */
  attention: words(200).nullable(),
  holding: z.array(words(100)).max(10),
  status: z.enum(['awake', 'asleep', 'away']),
  place: placeId.nullable(),
  /** Where in the place: "at the bar". */
  slot: words(100).nullable(),
});
export type Activity = z.infer<typeof activity>;

export const idle: Activity = {
  posture: null,
  action: null,
  attention: null,
  holding: [],
  status: 'awake',
  place: null,
  slot: null,
};

/** The words of what someone is doing. */
export const doingsOf = ({ posture, action, attention, holding, slot }: Activity) => [
  posture,
  action?.verb,
  attention,
  ...holding,
  slot,
];

/** What someone is doing, or changes to it, without words that go. */
export const withoutDoings = <A extends Partial<Activity>>(doing: A, gone: Gone): A =>
  without<Partial<Activity>>(doing, gone, {
    posture: (posture) => [posture],
    action: ({ verb }) => [verb],
    attention: (attention) => [attention],
    holding: (things) => things,
    slot: (slot) => [slot],
  }) as A;

/** What a digest may ask for at most in one turn. */
export const delta = z.int().min(-10).max(10);
export const score = z.int().min(0).max(100);
export const fact = words(300);
export const significance = z.int().min(0).max(3);

/** A memory is named by the node that it was written at and by whose it is, through every new run. */
export const memoryKey = z.object({ node: nodeId, owner: entityId });
export type MemoryKey = z.infer<typeof memoryKey>;

/** What can be set per chat; a part that was never set is null, and the configuration speaks. */
export const settings = z.object({
  /** Who answers where several could. */
  answers: z.enum(['addressed', 'everyone', 'round', 'talkative']),
  authorsNote: z.object({ text: words(4_000), depth: z.int().min(0).max(40) }).nullable(),
  /** Instructions after the history. */
  instructions: words(4_000).nullable(),
  frame: words(8_000).nullable(),
  sampling: z
    .object({
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().min(0).max(1).optional(),
      frequencyPenalty: z.number().min(-2).max(2).optional(),
      presencePenalty: z.number().min(-2).max(2).optional(),
      maxTokens: z.int().min(1).optional(),
      stop: z.array(z.string().min(1)).max(4).optional(),
    })
    .nullable(),
  budget: z.object({ soft: z.int().min(500), hard: z.int().min(500) }).nullable(),
  /** Books of the home that are told of here, besides those of the characters. */
  books: z.array(bookId).max(10),
});
export type Settings = z.infer<typeof settings>;

export const defaultSettings: Settings = {
  answers: 'addressed',
  authorsNote: null,
  instructions: null,
  frame: null,
  sampling: null,
  budget: null,
  books: [],
};

/** Settings without texts that go. */
export const withoutTexts = (settings: Partial<Settings>, gone: Gone): Partial<Settings> =>
  without(settings, gone, {
    authorsNote: ({ text }) => [text],
    instructions: (text) => [text],
    frame: (text) => [text],
    sampling: ({ stop }) => stop ?? [],
  });
