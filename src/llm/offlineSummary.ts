import { happenings, subjectOf } from './offlineHappenings.ts';
import type { OfflineMaterial } from './offlineReading.ts';

/** Sentences of a summary besides where and with whom it was. */
const MOST_LINES = 3;

/** A scene as its one witness, `e1`, will remember it, by rules. */
export function offlineSummary(material: OfflineMaterial) {
  const { people, turns, place, named } = material;
  const [owner, ...others] = people;
  const isRussian = turns.some(({ text }) => /\p{Script=Cyrillic}/u.test(text));
  const all = happenings(material).filter(({ by }) => by.id !== owner?.id);
  const significance = Math.max(turns.length > 0 ? 1 : 0, ...all.map((each) => each.significance));
  const remembered = [...named].flatMap(([name, text]) => (/^memory /.test(name) ? [text] : []));
  const lines = [...all]
    .sort((a, b) => b.significance - a.significance)
    .flatMap((each) => each.lines.slice(0, 1));
  const told = [...new Set([...lines, ...remembered])].slice(0, MOST_LINES);
  const names = others.map(({ name }) => name).join(', ');
  const topics = new Set(turns.flatMap((turn) => subjectOf(turn) ?? []));
  const about = [...topics].slice(0, 2).join(isRussian ? ' и ' : ' and ');
  const where = isRussian
    ? `Место: ${place}. ${names === '' ? 'Рядом никого не было.' : `Рядом: ${names}.`}`
    : `This was at ${place.replace(/^The(?= )/, 'the')}${names === '' ? ', and I was by myself' : `, with ${names}`}.`;
  const talk =
    about === '' ? '' : isRussian ? `Речь шла про ${about}.` : `We came to talk of ${about}.`;
  return {
    summary: [where, talk, ...told].filter(Boolean).join(' '),
    significance,
    relationships: others.flatMap(({ id, name }) => {
      const own = all.filter(({ by }) => by.id === id);
      const before = named.get(`how e1 saw ${id}`) ?? '';
      if (own.length === 0 && before === '') return [];
      const warmth = own.reduce((sum, each) => sum + each.affinity + each.trust, 0);
      const facts = [...new Set(own.flatMap((each) => each.facts))].slice(0, 2);
      const summary = [stance(name, warmth, isRussian), ...facts.map((fact) => `${name} ${fact}.`)];
      // Of what was known before its last sentence stands, so that the account does not grow.
      const kept = before
        .match(/[^.!?]+[.!?]+/g)
        ?.findLast((each) => !summary.includes(each.trim()));
      return [{ to: id, summary: [...summary, kept?.trim() ?? ''].filter(Boolean).join(' ') }];
    }),
  };
}

function stance(name: string, warmth: number, isRussian: boolean): string {
  if (warmth > 4) return isRussian ? `${name}: тепло и доверие.` : `I have warmed to ${name}.`;
  if (warmth < -2) return isRussian ? `${name}: лучше быть начеку.` : `I am wary of ${name}.`;
  return isRussian
    ? `${name}: пока присматриваюсь.`
    : `I am still making up my mind about ${name}.`;
}
