import type { ModelRequest } from '../app/ports/model.ts';
import { unfence } from './fence.ts';

/** Someone whom the material names. */
export interface OfflinePerson {
  /** `e1`. */
  readonly id: string;
  readonly name: string;
  readonly character: boolean;
  /** It is said of it that it witnessed the turns; in a question about one witness, of nobody. */
  readonly witness: boolean;
}

export interface OfflineTurn {
  /** `t1`. */
  readonly id: string;
  /** Id of whose it is. */
  readonly by: string;
  readonly text: string;
  /** What is done in it, by its markers; what stands outside quotation marks where it has no markers. */
  readonly actions: readonly string[];
  /** What is said in it. */
  readonly speech: string;
  /** It has no markers, so that what is done in it is not known by rule. */
  readonly unmarked: boolean;
}

/** What the offline model understands of the material of a classification. */
export interface OfflineMaterial {
  readonly people: readonly OfflinePerson[];
  readonly place: string;
  readonly turns: readonly OfflineTurn[];
  /** Every text by its name. */
  readonly named: ReadonlyMap<string, string>;
}

export function readMaterial(request: ModelRequest): OfflineMaterial {
  const texts = unfence(request);
  const named = new Map(texts.map(({ name, text }) => [name, text]));
  const unmarked = new Set((named.get('unmarked') ?? '').split(/[\s,]+/));
  return {
    people: peopleIn(named.get('people') ?? ''),
    place: named.get('place') ?? '',
    turns: texts.flatMap(({ name, text }) => {
      const [, id, by] = /^(t\d+) by (e\d+)$/.exec(name) ?? [];
      return id === undefined || by === undefined ? [] : [turnOf(id, by, text, unmarked.has(id))];
    }),
    named,
  };
}

function peopleIn(text: string): OfflinePerson[] {
  return text.split('\n').flatMap((line) => {
    const [, id, name, kind, more] =
      /^(e\d+): (.*?) \((character|person)\)(.*)$/.exec(line.trim()) ?? [];
    if (id === undefined || name === undefined) return [];
    const witness = more?.includes('witnessed') === true;
    return [{ id, name, character: kind === 'character', witness }];
  });
}

const marked = /(?<!\*)\*(?!\*)([^*]+)\*|(?<![\p{L}_])_([^_]+)_(?![\p{L}_])/gu;
const quoted = /"[^"]*"|“[^”]*”|«[^»]*»/g;

function turnOf(id: string, by: string, text: string, unmarked: boolean): OfflineTurn {
  const found = [...text.matchAll(marked)].map(([, star, under]) => (star ?? under ?? '').trim());
  if (found.length > 0) {
    return { id, by, text, actions: found, speech: text.replace(marked, ' '), unmarked };
  }
  const said = text.match(quoted);
  if (said === null) return { id, by, text, actions: [], speech: text, unmarked };
  const done = text
    .split(quoted)
    .map((each) => each.trim())
    .filter((each) => /\p{L}{2}/u.test(each));
  return { id, by, text, actions: done, speech: said.join(' ').replace(/["“”«»]/g, ''), unmarked };
}
