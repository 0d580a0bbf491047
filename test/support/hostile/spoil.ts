import type { Call, Data, Json, Pick, Place } from './calls.ts';

/** INTERACTION_CREATE's payload. */
export type Payload = Data;

export interface Spoiled {
  readonly payload: Payload;
  /** Which field, and how. */
  readonly what: string;
}

type Path = readonly (string | number)[];

export const HUGE = 'x'.repeat(7_000);
const UNKNOWN = 'no-such-thing';
/** What is none of Discord's business: whoever forges these is Discord itself. */
const NOT_SPOILT = /^(id|token|type|member\.permissions|member\.roles|member\.user|user)\b/;

export const at = (value: Json | undefined, path: Path): Json | undefined =>
  path.reduce<Json | undefined>(
    (inner, key) => (inner as Record<string, Json> | undefined | null)?.[key],
    value,
  );

/** A copy with one field changed; undefined takes it out. */
export function changed(payload: Payload, path: Path, value: Json | undefined): Payload {
  const copy = structuredClone(payload);
  const [last] = path.slice(-1);
  const parent = at(copy, path.slice(0, -1)) as Record<string, Json>;
  if (value === undefined) delete parent[String(last)];
  else parent[String(last)] = value;
  return copy;
}

function leaves(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

const junk = (random: () => number, pick: Pick, depth = 0): Json => {
  const letters = () =>
    Array.from({ length: 12 }, () => String.fromCharCode(Math.floor(random() * 0x2_100))).join('');
  const made: (() => Json)[] = [
    () => null,
    () => true,
    () => Math.floor(random() * 1e6) - 5e5,
    () => random() * 1e300,
    () => '',
    letters,
    () => HUGE,
    () => '__proto__',
    () => `${Math.floor(random() * 1e15)}0000`,
    () => (depth > 3 ? [] : Array.from({ length: 3 }, () => junk(random, pick, depth + 1))),
    (): Json =>
      depth > 3 ? {} : { [letters()]: junk(random, pick, depth + 1), options: [], id: '1' },
  ];
  return pick(made)();
};

/** What is asked for in one place, said to be asked for in another. */
function elsewhere(payload: Payload, other: Place): [Path, Json | undefined][] {
  const all: [Path, Json | undefined][] = [
    [['channel_id'], other.channel],
    [['channel', 'id'], other.channel],
    [['guild_id'], other.guild ?? undefined],
    [['guild', 'id'], other.guild ?? '1'],
    [['message', 'channel_id'], other.channel],
  ];
  return all.filter(([path, value]) => {
    const now = at(payload, path);
    return now !== undefined && now !== value;
  });
}

const WRONG: readonly Json[] = [null, 5.5, true, [], {}, ['x'], { a: 1 }];

/** Every option's path that holds a value. */
const given = (payload: Payload): Path[] =>
  leaves(payload).filter((path) => path.includes('options') && path.at(-1) === 'value');

/** Options in which new words make something new. */
const FREE = /^(place|time|opening|name|text|is|words|anchor|tag|category)$/;

/** Changes that nobody can have meant: whoever asks, and may, gets nothing done by them. */
export function hostile(
  call: Call,
  payload: Payload,
  other: Place,
  here: Place,
  pick: Pick,
): Spoiled | null {
  const id = String(at(payload, ['data', 'custom_id']) ?? '');
  const wrong = () => pick(WRONG);
  const where = () => elsewhere(payload, other);
  const named = (name: Json): [Path, Json][] => [[['data', 'name'], name]];
  const options = (): [Path, Json][] =>
    given(payload).flatMap((path): [Path, Json][] => {
      const value = at(payload, path);
      const option = String(at(payload, [...path.slice(0, -1), 'name']));
      const ids = [here.node, here.chat, here.save, 'character:wenna-tarrant'];
      const unknown: [Path, Json][] =
        ids.includes(String(value)) && !FREE.test(option)
          ? [[path, UNKNOWN], ...(value === here.node ? [[path, other.node] as [Path, Json]] : [])]
          : [];
      const other_ = typeof value === 'number' ? 1e12 : 12;
      return [
        [path, wrong()],
        [path, HUGE],
        [path, other_ === 12 && typeof value === 'boolean' ? 'yes' : other_],
        [[...path.slice(0, -1), 'name'], UNKNOWN],
        [[...path.slice(0, -1), 'type'], 9],
        ...unknown,
      ];
    });
  // A number that is typed is a text until it is whole; any text may be.
  const isTyping = call.kind === 'typing';
  const called = (): [Path, Json | undefined][] => [
    ...named(pick([UNKNOWN, '__proto__', '', HUGE])),
    [['data', 'type'], pick([2, 9, 'x', null])],
    [['data', 'options'], pick([5, 'x', null, [5], [{ name: UNKNOWN, type: 3, value: 'x' }]])],
    ...(isTyping ? [] : options()),
  ];
  const pressed = (): Spoiled[] => {
    const both = (to: string): Spoiled => ({
      payload: changed(
        changed(payload, ['data', 'custom_id'], to),
        ['message', 'components'],
        [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: to }] }],
      ),
      what: `custom id ${to.slice(0, 120)}`,
    });
    const ids = [here.chat, here.node, here.message].filter((each) => id.includes(each));
    const mine = {
      [here.chat]: other.chat,
      [here.node]: other.node,
      [here.message]: other.message,
    };
    const swapped = ids.flatMap((each) => [
      both(id.replace(each, mine[each] ?? '')),
      both(id.replace(each, UNKNOWN)),
    ]);
    const [, name = ''] = id.split(':');
    return [
      ...swapped,
      both(id.replace(/^1/, pick(['0', '2', '']))),
      both(id.replace(name, pick([UNKNOWN, '__proto__', 'constructor', '']))),
      both(`${id}:${HUGE}`),
      both(`${id}:more:and:more:of:it`),
    ];
  };
  const changes = {
    slash: called,
    typing: called,
    menu: () => [
      ...named(pick([UNKNOWN, 'help', ''])),
      [['data', 'target_id'], pick([other.message, '1', UNKNOWN, 5, null, HUGE])],
      [['data', 'type'], pick([1, 2, 9])],
    ],
    press: () => [
      [['data', 'custom_id'], pick([UNKNOWN, 5, null, HUGE, `${id}x`])],
      [['data', 'component_type'], pick([99, 'x', null])],
      [['message', 'components'], pick([[], null, 5])],
    ],
    form: () => [
      [['data', 'custom_id'], pick([5, null, HUGE, UNKNOWN])],
      [['data', 'components'], pick([null, 5, [5], [{ type: 18, component: 5 }]])],
      [['data', 'components', 0, 'component', 'value'], pick([HUGE, 5, {}, []])],
    ],
  } as Record<Call['kind'], () => [Path, Json | undefined][]>;
  const single = [...where(), ...changes[call.kind]()]
    .filter(([path]) => path.length < 2 || at(payload, path.slice(0, -1)) !== undefined)
    .map(([path, value]) => ({
      payload: changed(payload, path, value),
      what: `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 120)}`,
    }));
  const all = call.kind === 'press' || call.kind === 'form' ? [...single, ...pressed()] : single;
  return all.length === 0 ? null : pick(all);
}

/** Any one field changed to anything, by someone who may do nothing anyhow. */
export function anyField(payload: Payload, random: () => number, pick: Pick): Spoiled {
  const paths = leaves(payload).filter((path) => !NOT_SPOILT.test(path.join('.')));
  const path = pick(paths);
  const value = pick([() => junk(random, pick), () => undefined])();
  const what = `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 120)}`;
  return { payload: changed(payload, path, value), what };
}

/** A payload of which hardly anything is as it should be; that it can be answered is all that is kept. */
export function nonsense(
  { kind }: Call,
  payload: Payload,
  random: () => number,
  pick: Pick,
): Spoiled {
  let made = structuredClone(payload);
  const also: string[] = [];
  for (let times = 0; times < 3; times += 1) {
    const { payload: more, what } = anyField(made, random, pick);
    made = more;
    also.push(what);
  }
  const field = {
    slash: 'options',
    typing: 'options',
    menu: 'target_id',
    press: 'custom_id',
    form: pick(['custom_id', 'components']),
  }[kind];
  const data = { ...(payload.data as Data), [field]: junk(random, pick) };
  made.data = pick([data, data, junk(random, pick)]);
  return { payload: made, what: `${JSON.stringify(made.data)?.slice(0, 200)}, ${also.join(', ')}` };
}
