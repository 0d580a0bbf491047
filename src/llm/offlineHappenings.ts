import { phrasesFor } from './offlinePhrases.ts';
import type { OfflineMaterial, OfflinePerson, OfflineTurn } from './offlineReading.ts';
import { selfTold, signs, type Told, type Tone, tones } from './offlineSigns.ts';

/** Something in a turn that somebody else may remember. */
export interface Happening {
  readonly turn: OfflineTurn;
  readonly by: OfflinePerson;
  /** Null where it is meant for everybody. */
  readonly to: OfflinePerson | null;
  readonly affinity: number;
  readonly trust: number;
  /** What the one who perceives it learns, such as "is afraid of the dark". */
  readonly facts: readonly string[];
  /** From the point of view of whoever perceives it, the best first; without the turn's own words where that can be. */
  readonly lines: readonly string[];
  readonly kind: 'event' | 'fact' | 'preference' | 'promise' | 'joke';
  readonly significance: number;
  readonly confidence: number;
}

type Wording = Readonly<
  Record<Tone | Told | 'promise' | 'secret' | 'death' | 'joke' | 'talk', string>
>;

/** `{n}` is who did it, `{x}` what it is about. */
const english: Wording = {
  threat: '{n} threatened someone, and nobody will forget it soon.',
  blow: '{n} struck out, and I saw it.',
  rude: '{n} had unkind words today.',
  love: '{n} showed where the heart lies.',
  tender: '{n} was tender, and it meant something.',
  gift: '{n} made a present of something.',
  help: '{n} stood by someone.',
  sorry: '{n} regretted what had been done.',
  polite: '',
  name: 'Someone goes by {x}.',
  fear: '{n} let a fear show: {x}.',
  hate: '{n} has no patience with {x}.',
  home: '{n} has roots somewhere: {x}.',
  work: '{n} spoke of a trade: {x}.',
  kin: '{n} has family: {x}.',
  promise: '{n} made a promise.',
  secret: '{n} shared something in confidence.',
  death: '{n} spoke of a death.',
  joke: '{n} made us laugh.',
  talk: 'With {n} it was about {x}.',
};
const likes = '{n} holds something dear: {x}.';

const russian: Wording = {
  threat: 'Угроза от {n}: такое не забывают.',
  blow: 'При мне дело дошло до удара, начал это {n}.',
  rude: 'От {n} мы услышали обидные слова.',
  love: 'Теперь ясно, что у {n} на сердце.',
  tender: 'Тёплая минута с {n}, и она многое значила.',
  gift: 'Подарок от {n}.',
  help: 'Поддержка от {n} в нужную минуту.',
  sorry: 'Раскаяние, и {n} не шутит.',
  polite: '',
  name: 'Запомнилось имя: {x}.',
  fear: 'Слабое место, о котором знает {n}: {x}.',
  hate: 'Чего не терпит {n}: {x}.',
  home: 'Откуда родом {n}: {x}.',
  work: 'Чем занят {n}: {x}.',
  kin: 'Семья, о которой рассказал {n}: {x}.',
  promise: 'Слово, которое дал {n}.',
  secret: 'Доверенное мне под большим секретом, от {n}.',
  death: 'Разговор с {n} о чьей-то смерти.',
  joke: 'Смех, которому виной {n}.',
  talk: 'Разговор с {n}: {x}.',
};
const likesRussian = 'Что дорого {n}: {x}.';

const facts: Readonly<Record<Told, readonly [string, string]>> = {
  name: ['is called {x}', 'имя: {x}'],
  fear: ['is afraid of {x}', 'боится: {x}'],
  love: ['loves {x}', 'любит: {x}'],
  hate: ['hates {x}', 'ненавидит: {x}'],
  home: ['comes from or lives in {x}', 'родом или живёт: {x}'],
  work: ['works: {x}', 'работает: {x}'],
  kin: ['has {x}', 'есть {x}'],
};

const weights: Readonly<Partial<Record<keyof Wording, number>>> = {
  threat: 3,
  blow: 3,
  love: 3,
  fear: 2,
  promise: 2,
  secret: 2,
  death: 2,
  tender: 1,
  gift: 1,
  name: 1,
  kin: 1,
  home: 1,
};

/** What happens in the turns, in order. */
export function happenings({ people, turns }: OfflineMaterial): Happening[] {
  return turns.flatMap((turn) => {
    const by = people.find(({ id }) => id === turn.by);
    return by === undefined ? [] : [happening(turn, by, addressed(turn, by, people))];
  });
}

/** The only one that a turn names besides its own. */
function addressed(turn: OfflineTurn, by: OfflinePerson, people: readonly OfflinePerson[]) {
  const named = people.filter(
    ({ id, name }) => id !== by.id && turn.text.includes(name.split(' ')[0] ?? name),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

function happening(turn: OfflineTurn, by: OfflinePerson, to: OfflinePerson | null): Happening {
  const isRussian = /\p{Script=Cyrillic}/u.test(turn.text);
  const wording = isRussian ? russian : english;
  const found: (readonly [keyof Wording, string])[] = [];
  const learned: string[] = [];
  let [affinity, trust] = [0, 0];
  for (const [tone, pattern, warmth, faith] of tones) {
    if (!pattern.test(turn.text)) continue;
    affinity += warmth;
    trust += faith;
    found.push([tone, wording[tone]]);
  }
  for (const [told, pattern] of selfTold) {
    for (const match of turn.speech.matchAll(pattern)) {
      const what = few(match.slice(1).find((each) => each !== undefined) ?? '');
      if (what === '') continue;
      learned.push(facts[told][isRussian ? 1 : 0].replace('{x}', () => what));
      const line = told === 'love' ? (isRussian ? likesRussian : likes) : wording[told];
      found.push([told, line.replace('{x}', () => what)]);
      trust += 1;
    }
  }
  for (const sign of ['promise', 'secret', 'death', 'joke'] as const) {
    if (!signs[sign].test(turn.text)) continue;
    if (sign === 'promise' || sign === 'secret') trust += 2;
    found.push([sign, wording[sign]]);
  }
  const telling = found.filter(([, line]) => line !== '');
  const topic = phrasesFor(turn.text).topic(turn.speech);
  const long = (turn.text.match(/\p{L}+/gu)?.length ?? 0) >= 12;
  if (telling.length === 0 && topic !== null && long) {
    telling.push(['talk', wording.talk.replace('{x}', () => topic)]);
  }
  const weight = ([sign]: (typeof found)[number]) => weights[sign] ?? 0;
  telling.sort((a, b) => weight(b) - weight(a));
  const [first] = telling;
  return {
    turn,
    by,
    to,
    affinity: Math.max(-10, Math.min(10, affinity)),
    trust: Math.max(-10, Math.min(10, trust)),
    facts: learned,
    lines: telling.map(([, line]) => line.replaceAll('{n}', () => by.name)),
    kind: first === undefined ? 'event' : kindOf(first[0], learned.length > 0),
    significance: first === undefined ? 0 : weight(first),
    confidence: first?.[0] === 'talk' ? 0.6 : 0.9,
  };
}

function kindOf(sign: keyof Wording, tells: boolean): Happening['kind'] {
  if (sign === 'promise' || sign === 'joke') return sign;
  if (sign === 'hate' || (sign === 'love' && tells)) return 'preference';
  return ['name', 'fear', 'home', 'work', 'kin'].includes(sign) ? 'fact' : 'event';
}

/** The first words, up to where another thought begins. */
function few(text: string): string {
  const [thought = ''] = text
    .trim()
    .split(/\s(?:and|but|because|so|when|и|но|потому|когда)(?:\s|$)/iu);
  const first = thought.split(/\s+/).slice(0, 5).join(' ');
  return first.replace(/(?:\s(?:in|on|at|of|to|the|an?|my|your|with|from|в|на|с|из|от))+$/iu, '');
}
