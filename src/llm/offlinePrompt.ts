import type { ModelMessage, ModelRequest } from '../app/ports/model.ts';

/** What the offline model understands of a prompt. Every part may be missing. */
export interface OfflinePrompt {
  readonly name: string;
  readonly traits: readonly string[];
  readonly voice: readonly string[];
  /** Sentences of the backstory. */
  readonly past: readonly string[];
  readonly place: string;
  readonly time: string;
  readonly present: readonly string[];
  /** What was said since the character last spoke, oldest first. */
  readonly turns: readonly { readonly by: string; readonly text: string }[];
  /** The character's own words, oldest first. */
  readonly said: readonly string[];
  /** Everyone's words, oldest first. */
  readonly told: readonly string[];
  /** What comes to the character's mind, the best first. */
  readonly memories: readonly string[];
}

/** Words that start a line of a section and carry a value. */
const keys =
  /^(Name|Pronouns|Persona|Traits|Voice samples?|Backstory|To whoever walks in|Relationship|Place|Time|Present|How it began)\s*:\s*(.*)$/i;
/**
 * Reads the sections of the system messages and the turns after them. Nothing in it is required: a
 * prompt without sections gives a character without a past.
 */
export function readPrompt(request: ModelRequest): OfflinePrompt {
  const system = request.messages
    .filter(({ role }) => role === 'system')
    .map(textOf)
    .join('\n');
  const character = valuesOf(system, /character/i);
  const scene = valuesOf(system, /scene/i);
  const spoken = request.messages.filter(({ role }) => role !== 'system');
  const lastOwn = spoken.findLastIndex(({ role }) => role === 'assistant');
  return {
    name: (character.get('name')?.[0] ?? '').replace(/\s*\(.*\)\s*$/, '').trim(),
    traits: (character.get('traits') ?? [])
      .flatMap((line) => line.split(','))
      .map(trim)
      .filter(Boolean),
    voice: [...(character.get('voice samples') ?? []), ...(character.get('voice sample') ?? [])]
      .map((line) => trim(line.replace(/^[-*•]\s+/, '')).replace(/^["“«](.*)["”»]$/s, '$1'))
      .filter(Boolean),
    past: sentences((character.get('backstory') ?? []).join(' ')),
    place: trim((scene.get('place') ?? []).join(' ')),
    time: trim((scene.get('time') ?? []).join(' ')),
    present: (scene.get('present') ?? [])
      .flatMap((line) => line.split(','))
      .map(trim)
      .filter(Boolean),
    turns: spoken.slice(lastOwn + 1).map((message) => turnOf(textOf(message))),
    said: spoken.filter(({ role }) => role === 'assistant').map(textOf),
    told: spoken.map(textOf),
    memories: bodiesOf(system, /^(memories|other stories)$/i)
      .flatMap((body) => body.split('\n'))
      .map((line) =>
        trim(line.replace(/^-\s+(?:From another time, in the story "[^"]*", [^:]*: )?/, '')),
      )
      .filter(Boolean),
  };
}

function textOf(message: ModelMessage): string {
  return message.content.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
}

/** What stands in the sections whose name fits. */
function bodiesOf(text: string, named: RegExp): string[] {
  const sections = text.matchAll(/<section name="([^"]*)">(.*?)(?:<\/section>|$)/gs);
  return [...sections].flatMap(([, name = '', body = '']) => (named.test(name) ? [body] : []));
}

/** The lines under each key, of all sections whose name fits. */
function valuesOf(text: string, named: RegExp): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const body of bodiesOf(text, named)) {
    let open: string[] = [];
    for (const line of body.split('\n')) {
      const [, key, value = ''] = keys.exec(line.trim()) ?? [];
      if (key !== undefined) {
        open = values.get(key.toLowerCase()) ?? [];
        values.set(key.toLowerCase(), open);
      }
      const rest = key === undefined ? line.trim() : value;
      if (rest !== '') open.push(rest);
    }
  }
  return values;
}

function turnOf(text: string): { by: string; text: string } {
  const [, by = '', said = text] = /^([^\n:*"]{1,80}):\s+(.*)$/s.exec(text) ?? [];
  // Someone else's words that the turn quotes are not what it says; that it is whispered is no name.
  return {
    by: by.replace(/\s*\(.*\)\s*$/, '').trim(),
    text: said.replace(/^\[about [^\]]*\]\s*/s, ''),
  };
}

function sentences(text: string): string[] {
  return (text.match(/[^.!?…]+[.!?…]+["”»)]?|[^.!?…]+$/g) ?? [])
    .map(trim)
    .filter((each) => each.length > 8);
}

const trim = (text: string): string => text.trim();
