import { type Happening, happenings } from './offlineHappenings.ts';
import { capital, times } from './offlineKickoff.ts';
import type { OfflineMaterial, OfflineTurn } from './offlineReading.ts';
import {
  counts,
  goalIn,
  holds,
  letsGo,
  narration,
  nothingHeld,
  placeIn,
  postures,
  signs,
  skips,
  statuses,
  weathers,
} from './offlineSigns.ts';

/** Words that take a minute of story time to say and do. */
const WORDS_A_MINUTE = 40;
/** Minutes that talk takes at most, however long it is. */
const LONGEST_TALK = 15;

/** A digest by rules: signs of manner in what is said, and of movement in what is done. */
export function offlineDigest(material: OfflineMaterial) {
  const { people, turns } = material;
  const all = happenings(material);
  const witnesses = people.filter(({ character, witness }) => character && witness);
  const moves = turns.flatMap((turn) => movesOf(turn, material));
  const asked = turns.flatMap(({ by, speech }) =>
    people.some(({ id, character }) => id === by && !character) ? (goalIn(speech) ?? []) : [],
  );
  const goal = moves.find(({ place }) => place !== null)?.place ?? asked.at(-1) ?? null;
  const everybody = goal !== null && turns.some(({ text }) => signs.together.test(text));
  const skip = turns.map(skipOf).findLast((each) => each !== null) ?? null;
  const significance = Math.max(0, ...all.map((each) => each.significance));
  const ends = everybody
    ? ('moved' as const)
    : skip !== null
      ? ('time' as const)
      : turns.some(({ text }) => signs.done.test(text))
        ? ('done' as const)
        : null;
  const written = turns.reduce((sum, { text }) => sum + wordsIn(text).length, 0);
  const talk = Math.min(LONGEST_TALK, turns.length + Math.round(written / WORDS_A_MINUTE));
  return {
    relationships: witnesses.flatMap((witness) => shiftsOf(witness.id, all)),
    activities: moves
      .map(({ place, ...move }) => ({ ...move, place: everybody ? null : place }))
      .filter(({ who: _, ...move }) => Object.values(move).some((value) => value !== null)),
    scene: {
      ends,
      significance,
      place: ends === 'moved' && goal !== null ? capital(goal) : null,
      // Whoever is there goes along.
      with: [],
      time: ends === 'time' ? (skip?.words ?? null) : null,
      opening: null,
    },
    minutes: talk + (skip?.minutes ?? 0),
    weather: weathers.find(([sign]) => turns.some(({ text }) => sign.test(text)))?.[1] ?? null,
    memories: witnesses.flatMap((witness) => memoryOf(witness.id, all, turns)),
    actions: turns.flatMap(({ id, unmarked, actions }) =>
      unmarked ? actions.map((text) => ({ turn: id, text })) : [],
    ),
  };
}

/** How someone's view of each of the others changed. */
function shiftsOf(from: string, all: readonly Happening[]) {
  const others = new Set(all.flatMap(({ by }) => (by.id === from ? [] : [by.id])));
  return [...others].flatMap((to) => {
    const felt = all.filter((each) => each.by.id === to && (each.to?.id ?? from) === from);
    const heard = all.filter((each) => each.by.id === to);
    const affinity = felt.reduce((sum, each) => sum + each.affinity, 0);
    const trust = felt.reduce((sum, each) => sum + each.trust, 0);
    const facts = heard.flatMap((each) => each.facts);
    if (affinity === 0 && trust === 0 && facts.length === 0) return [];
    return [{ from, to, affinity: clamp(affinity), trust: clamp(trust), facts }];
  });
}

const clamp = (delta: number): number => Math.max(-10, Math.min(10, delta));

/** The most significant thing that somebody else did, in words that are not the turns' own. */
function memoryOf(owner: string, all: readonly Happening[], turns: readonly OfflineTurn[]) {
  const seen = all
    .filter(({ by, lines }) => by.id !== owner && lines.length > 0)
    .sort((a, b) => b.significance - a.significance);
  for (const { lines, turn, kind, confidence, significance } of seen) {
    const text = lines.find((line) => isOwnWords(line, turns));
    if (text === undefined) continue;
    return [{ owner, text, kind, confidence, toldBy: null, significance, turns: [turn.id] }];
  }
  return [];
}

/** Half of a turn's words at most are said again. */
export function isOwnWords(line: string, turns: readonly OfflineTurn[]): boolean {
  const own = new Set(wordsIn(line));
  return turns.every(({ text }) => {
    const words = new Set(wordsIn(text));
    return [...words].filter((word) => own.has(word)).length <= words.size / 2;
  });
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];

/** What a turn's own does in it, by its last actions. */
function movesOf(turn: OfflineTurn, { people }: OfflineMaterial) {
  const { by } = turn;
  const actions = turn.actions.filter((action) => !narration.test(action));
  const last = actions.at(-1);
  if (last === undefined) return [];
  const latest = <T>(find: (action: string) => T | null): T | null =>
    actions.map(find).findLast((each) => each !== null) ?? null;
  const looksAt = people.find(
    ({ id, name }) => id !== by && last.includes(name.split(' ')[0] ?? name),
  );
  const isSomeone = (name: string) =>
    people.some((each) => name.includes(each.name.split(' ')[0] ?? each.name));
  const place = latest((action) => {
    const name = placeIn(action);
    return name === null || isSomeone(name) ? null : capital(name);
  });
  return [
    {
      who: by,
      // Who goes somewhere else is there, and not away.
      status:
        place !== null
          ? null
          : latest((action) => statuses.find(([sign]) => sign.test(action))?.[1] ?? null),
      place,
      posture: latest((action) => postures.find(([sign]) => sign.test(action))?.[1] ?? null),
      action: nameOf(last),
      attention: looksAt?.name ?? null,
      holding: latest((action) => {
        if (letsGo.test(action)) return [];
        const held = holds.exec(action)?.[1];
        return held === undefined || nothingHeld.test(held) ? null : [held];
      }),
    },
  ];
}

/** An action in a few words. */
function nameOf(action: string): string | null {
  const [first = ''] = action.replace(/\s+/g, ' ').split(/[.;!?]/);
  const name = first.replace(/^(?:she|he|they) says?,? (?:and )?/i, '').slice(0, 80);
  return name.trim() || null;
}

/** How much later it is, and in what words; how long it took is no time to name a scene by. */
function skipOf({ text }: OfflineTurn): { minutes: number; words: string | null } | null {
  for (const [pattern, unit] of skips) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const { count, words = times.exec(text)?.[0] ?? null } = found.groups ?? {};
    const minutes = (Number(count) || counts[count?.toLowerCase() ?? ''] || 1) * unit;
    return { minutes, words: words && capital(words) };
  }
  return null;
}
