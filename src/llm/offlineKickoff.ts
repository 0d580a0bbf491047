import type { OfflineMaterial } from './offlineReading.ts';
import { postures, tones } from './offlineSigns.ts';

/** Times of a day. */
export const times =
  /\b(?:(?:early|late|just (?:before|after)|past|shortly (?:before|after)) )*(?:dawn|morning|noon|midday|afternoon|dusk|evening|night(?:fall)?|midnight|sunset|sunrise)\b|(?<!\p{L})(?:ранн\p{L}+ |поздн\p{L}+ )?(?:утр\p{L}*|полдень|вечер\p{L}*|ноч\p{L}*|полночь|рассвет\p{L}*|закат\p{L}*)/iu;
const places =
  /\b(?:in|at|inside|on|outside|behind|aboard|under) ((?:the|an?|your|her|his|their) [\p{L}' -]{3,50}?)(?=[.,;:!?\n]|$| (?:and|where|while|when|as|with|that|which|who|is|are|on|in|at|of a|after|before)\b)/giu;
const noPlace =
  /\b(?:morning|evening|night|afternoon|dark|end|middle|rain|snow|way|moment|distance|time|air|sign|hand|lap)$/i;
/** With its preposition: without it the word would stand in a case that names nothing. */
const placesRussian =
  /(?<!\p{L})((?:в|на|у|под|возле) (?!дожд|снег|ноч|вечер|утр|полночь|полдень)\p{L}+(?: \p{L}+){0,3}?)(?=[.,;:!?\n]|$)/iu;
const weather =
  /\b(?:heavy |light |thick |cold |warm )?(?:rain|snow|fog|mist|storm|thunder|sunshine|drizzle|hail|heat)\b|(?<!\p{L})(?:дожд|снег|туман|гроз|метел)\p{L}*/iu;
const years = /\bDay 1 = [^.\n]{1,150}|\b(?:in the year |anno )\d{1,5}\b/i;

/** The opening of a story, found by rules in how its author wrote it. */
export function offlineKickoff({ named }: OfflineMaterial) {
  const characters = [...named].flatMap(([name, text]) =>
    /^e\d+$/.test(name) ? [{ id: name, name: text.split(':')[0] ?? '' }] : [],
  );
  const prose = (id: string) => named.get(`kickoff of ${id}`) ?? '';
  const all = characters.map(({ id }) => prose(id)).join('\n');
  const found = (pattern: RegExp) => pattern.exec(all);
  // Where the first one is, the others come to.
  const place = characters.map(({ id }) => placeIn(prose(id))).find((each) => each !== null);
  return {
    place: place === undefined ? null : capital(place),
    time: found(times)?.[0] === undefined ? null : capital(found(times)?.[0] ?? ''),
    anchor: found(years)?.[0] ?? null,
    weather: found(weather)?.[0] === undefined ? null : capital(found(weather)?.[0] ?? ''),
    activities: characters.flatMap(({ id, name }) => {
      const first = name.split(' ')[0] ?? name;
      const own = sentences(prose(id)).find((each) => each.includes(first));
      if (own === undefined) return [];
      const posture = postures.find(([sign]) => sign.test(own))?.[1] ?? null;
      return [{ who: id, posture, doing: doingIn(own, own.includes(name) ? name : first) }];
    }),
    relationships: characters.flatMap(({ id }) => {
      const told = named.get(`relationship of ${id}`) ?? '';
      const text = `${told}\n${prose(id)}`;
      const felt = tones.filter(([, sign]) => sign.test(text));
      const close =
        /\b(?:friends?|love|trusts?|sister|brother|family)\b|дру(?:г|зья)|любит|доверя/iu;
      const hostile = /\b(?:enem(?:y|ies)|hates?|rivals?|distrusts?|suspicious)\b|враг|ненавид/iu;
      const base = close.test(told) ? 15 : hostile.test(told) ? -20 : 0;
      const affinity = felt.reduce((sum, [, , warmth]) => sum + warmth, base);
      const trust = felt.reduce((sum, [, , , faith]) => sum + faith, base);
      if (affinity === 0 && trust === 0 && told === '') return [];
      const summary = (sentences(told)[0] ?? '').slice(0, 300);
      return [{ who: id, affinity: within(50 + affinity), trust: within(50 + trust), summary }];
    }),
  };
}

function placeIn(prose: string): string | null {
  const near = [...prose.matchAll(places)].map(([, name = '']) => name.trim());
  return near.find((name) => !noPlace.test(name)) ?? placesRussian.exec(prose)?.[1] ?? null;
}

/** What follows the name, up to where another thought begins. */
function doingIn(sentence: string, name: string): string | null {
  const after = sentence.slice(sentence.indexOf(name) + name.length);
  const [thought = ''] = after.split(/[.,;:!?]/);
  const words = thought.trim().replace(/^(?:is|was)\s+/i, '');
  return /\p{L}{3}/u.test(words) ? words.slice(0, 150) : null;
}

const within = (score: number): number => Math.max(0, Math.min(100, Math.round(score)));
const sentences = (text: string): string[] =>
  (text.match(/[^.!?\n]+[.!?]*/g) ?? []).map((each) => each.trim()).filter(Boolean);
/** As the name of something, rather than as a part of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
