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

/** `{n}` is who did it, `{x}` what it is about; told by whoever perceived it. */
const english: Wording = {
  threat: '{n} made a threat in front of me, and I will not forget it.',
  blow: 'I saw {n} strike out.',
  rude: '{n} was unkind in front of me.',
  love: 'I could see that {n} is in love.',
  tender: '{n} was gentle, and that meant something to me.',
  gift: 'I saw {n} make a present.',
  help: 'I could see that {n} means to help.',
  sorry: 'I believe that {n} regrets it.',
  polite: '',
  name: '{n} told me which name to use: {x}.',
  fear: 'I learned what frightens {n}: {x}.',
  hate: 'I learned what {n} cannot abide: {x}.',
  home: 'I learned where {n} has roots: {x}.',
  work: 'I learned what {n} does for a living: {x}.',
  kin: '{n} told me of family: {x}.',
  promise: 'I heard {n} make a promise.',
  secret: '{n} trusted me with something.',
  death: 'I heard {n} speak of a death.',
  joke: '{n} made me laugh.',
  talk: '{n} talked to me about {x}.',
};
/** The same with what it was about, where the words say so. */
const inDetail: readonly (readonly [keyof Wording, RegExp, string])[] = [
  [
    'promise',
    /\b(?:promise|swear|vow)(?: you)?(?: that)? (?:to|i(?: will|'ll)) ([^.!?…,;:\n"”()*]{3,60})/iu,
    'I heard {n} promise to {x}.',
  ],
  [
    'gift',
    /\b(?:gives?|hands?|offers?|brings?) \S+ (?:an?|the|this|these|his|her|my|some) ([\p{L}'-]+(?: [\p{L}'-]+)?)/iu,
    'I saw {n} make a present: {x}.',
  ],
  ['promise', /(?:обещаю|клянусь) ([^.!?…,;:\n"”»()*]{3,60})/iu, 'При мне {n} обещает: {x}.'],
  [
    'gift',
    /(?:дарю|дарит|протягива(?:ю|ет)) (?:тебе |ему |ей |вам )?([\p{L}-]+(?: [\p{L}-]+)?)/iu,
    'При мне {n} делает подарок: {x}.',
  ],
];
const likes = 'I learned what {n} holds dear: {x}.';
const ownName = '{n} told me which name to use.';

const russian: Wording = {
  threat: '{n} угрожает, и я этого не забуду.',
  blow: 'У меня на глазах {n} пускает в ход кулаки.',
  rude: 'Мне запомнилось, как {n} не выбирает слов.',
  love: 'Теперь я знаю: {n} любит.',
  tender: 'Я помню, как {n} говорит с нежностью.',
  gift: 'При мне {n} делает подарок.',
  help: 'Я вижу, что {n} хочет помочь.',
  sorry: 'Я верю, что {n} раскаивается.',
  polite: '',
  name: '{n} называет мне имя: {x}.',
  fear: 'Теперь я знаю, чего страшится {n}: {x}.',
  hate: 'Теперь я знаю, чего {n} не терпит: {x}.',
  home: 'Теперь я знаю, откуда {n}: {x}.',
  work: 'Теперь я знаю, чем занимается {n}: {x}.',
  kin: '{n} рассказывает мне о семье: {x}.',
  promise: 'При мне {n} даёт обещание.',
  secret: '{n} доверяет мне то, о чём надо молчать.',
  death: '{n} говорит при мне о чьей-то смерти.',
  joke: '{n} меня смешит.',
  talk: '{n} говорит со мной: {x}.',
};
const likesRussian = 'Теперь я знаю, чем дорожит {n}: {x}.';
const ownNameRussian = 'Теперь я знаю, как зовут того, кто передо мной: {n}.';

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
    found.push(...detailed(tone, turn.text), [tone, wording[tone]]);
  }
  for (const [told, pattern] of selfTold) {
    for (const match of turn.speech.matchAll(pattern)) {
      const what = few(match.slice(1).find((each) => each !== undefined) ?? '');
      if (what === '') continue;
      learned.push(facts[told][isRussian ? 1 : 0].replace('{x}', () => what));
      const line = lineOf(told, by.name.includes(what), isRussian);
      found.push([told, line.replace('{x}', () => what)]);
      trust += 1;
    }
  }
  for (const sign of ['promise', 'secret', 'death', 'joke'] as const) {
    if (!signs[sign].test(turn.text)) continue;
    if (sign === 'promise' || sign === 'secret') trust += 2;
    found.push(...detailed(sign, turn.text), [sign, wording[sign]]);
  }
  const telling = found.filter(([, line]) => line !== '');
  const topic = subjectOf(turn);
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

function detailed(sign: keyof Wording, text: string): (readonly [keyof Wording, string])[] {
  return inDetail.flatMap(([of, pattern, line]) => {
    const what = of === sign ? few(pattern.exec(text)?.[1] ?? '') : '';
    return what === '' ? [] : [[sign, line.replace('{x}', () => what)] as const];
  });
}

/** What a turn is about; nobody's own things, which everyone calls something else. */
export function subjectOf({ text, speech }: OfflineTurn): string | null {
  const topic = phrasesFor(text).topic(speech.replace(/\(\([^)]*\)\)/g, ' '));
  return topic !== null && /^(?:the |«)/.test(topic) ? topic : null;
}

/** How someone's own words about themselves are remembered. */
function lineOf(told: Told, isOwnName: boolean, isRussian: boolean): string {
  if (told === 'love') return isRussian ? likesRussian : likes;
  if (told === 'name' && isOwnName) return isRussian ? ownNameRussian : ownName;
  return (isRussian ? russian : english)[told];
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
