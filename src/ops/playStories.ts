import type { Chats } from '../app/chats.ts';
import type { Prompts } from '../app/promptFor.ts';
import type { NewEvent } from '../engine/event.ts';
import type { EntityId, PlaceId } from '../engine/ids.ts';
import { exampleSheet, sheet } from '../engine/sheet.ts';
import { namedPlace } from '../engine/world.ts';
import type { Step, WitnessStory } from './readStories.ts';

/** What was checked in a played story, and whether the prompt held it exactly when it should. */
export interface Checked {
  readonly story: string;
  readonly who: string;
  readonly text: string;
  readonly knows: boolean;
  readonly held: boolean;
}

/**
 * Plays a story, everyone in it a character, and asks for the prompts that its checks name. Who does
 * something before entering has been there from the beginning; whoever speaks is there.
 */
export async function playStory(
  { id, steps, checks }: WitnessStory,
  number: number,
  { chats, prompts }: { readonly chats: Chats; readonly prompts: Prompts },
): Promise<Checked[]> {
  const chat = `witness-${number}`;
  const cast = new Cast([...steps, ...checks]);
  let command = 0;
  const write = (events: (node: string) => NewEvent[]) => {
    command += 1;
    const node = `${chat}-n${command}`;
    const decide = () => events(node);
    return chats.execute({ chat, id: `${chat}-${command}`, actor: 'troupe', decide });
  };
  await write((node) => [
    { type: 'ChatRenamed', payload: { name: 'Witnesses' } },
    ...cast.everyone.map((who) => cast.enters(who, node)),
    ...cast.everyone
      .filter((who) => !isThere(who, steps))
      .map((who): NewEvent => ({ type: 'EntityLeft', node, payload: { entity: cast.of(who) } })),
  ]);
  for (const step of steps) await write((node) => eventsOf(step, cast, node));
  const held = new Map<string, string>();
  return checks.map(({ who, text, knows }) => {
    const known = held.get(who) ?? promptOf(chats, prompts, chat, cast.of(who));
    held.set(who, known);
    return { story: id, who, text, knows, held: known.includes(text) };
  });
}

/** Whether someone is there when the story begins: whoever does not come in first. */
function isThere(who: string, steps: readonly Step[]): boolean {
  const first = steps.find((step) => step.who === who);
  if (first !== undefined) return first.kind !== 'enter';
  return steps.some((step) => step.kind === 'whisper' && step.to === who);
}

function eventsOf(step: Step, cast: Cast, node: string): NewEvent[] {
  const by = cast.of(step.who);
  switch (step.kind) {
    case 'enter':
    case 'move':
      return [cast.enters(step.who, node), ...cast.goes(by, step.place ?? null, node)];
    case 'leave':
      return [{ type: 'EntityLeft', node, payload: { entity: by } }];
    case 'say':
    case 'do':
    case 'whisper': {
      const { text } = step;
      const kind = step.kind === 'do' ? 'action' : 'dialogue';
      const to = step.kind === 'whisper' ? cast.of(step.to) : null;
      const said = { by, to, message: MESSAGE, text, segments: [{ kind, text }] } as const;
      const payload = { ...said, segments: [...said.segments], quote: null, attachments: [] };
      return [{ type: 'UserSpoke', node, payload }];
    }
  }
}

/** No message on Discord holds what is told here. */
const MESSAGE = '100000000000000000';

class Cast {
  readonly everyone: string[];
  readonly #places = new Map<string, PlaceId>();

  constructor(named: readonly { readonly who: string; readonly to?: string }[]) {
    this.everyone = [...new Set(named.flatMap(({ who, to }) => (to ? [who, to] : [who])))];
  }

  of(who: string): EntityId {
    return `character:w${this.everyone.indexOf(who)}`;
  }

  enters(who: string, node: string): NewEvent {
    const own = { ...exampleSheet, persona: who, backstory: '', voice: [], relationship: '' };
    const named = sheet.safeParse({ ...own, name: who });
    const played = named.success ? named.data : { ...own, name: 'Somebody' };
    const payload = { entity: this.of(who), name: who, sheet: played, revision: 1 };
    return { type: 'EntityEntered', node, payload };
  }

  /** A place is made when somebody first goes there. */
  goes(entity: EntityId, name: string | null, node: string): NewEvent[] {
    const known = name === null ? null : this.#places.get(name);
    const place = known === undefined ? (`place:p${this.#places.size}` as const) : known;
    const made: NewEvent[] = [];
    if (name !== null && place !== null && known === undefined) {
      this.#places.set(name, place);
      made.push({ type: 'PlaceCreated', node, payload: { id: place, place: namedPlace(name) } });
    }
    const changes = { place, status: 'awake' as const };
    return [...made, { type: 'ActivityChanged', node, payload: { entity, changes, before: null } }];
  }
}

function promptOf(chats: Chats, prompts: Prompts, chat: string, character: EntityId): string {
  const { system, lines } = prompts.next(chats.read(chat), character);
  return [system, ...lines.map(({ text }) => text)].join('\n');
}
