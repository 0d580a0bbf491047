import { z } from 'zod';
import type { EntityId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { KickoffCard } from './kickoffCard.ts';

/** A form holds five fields; what is edited of an opening, as a person types it. */
export const formFields = ['place', 'time', 'world', 'people', 'greeting'] as const;
export const kickoffForm = z.record(z.enum(formFields), z.string().max(8_000));
export type KickoffForm = z.infer<typeof kickoffForm>;

export type NamesOf = Readonly<Record<EntityId, string>>;

const STRANGER = { affinity: 50, trust: 50, summary: '' };
/** What stands at the end of someone's line: (60/40 an old friend). */
const STANDING = /\((?<affinity>\d{1,4})\s*\/\s*(?<trust>\d{1,4})(?<summary>[^()]*)\)\s*$/;
const ANCHOR = /^day\s*1\s*=/i;

/** An opening as a person edits it. @param names of those who play. */
export const formOf = (card: KickoffCard, names: NamesOf): KickoffForm => ({
  place: card.place,
  time: card.time,
  world: [card.weather, card.anchor].filter(Boolean).join('\n'),
  people: playing(card)
    .map((entity) => lineOf(card, entity, names))
    .join('\n'),
  greeting: card.greeting,
});

const playing = ({ character, others }: KickoffCard): EntityId[] => [
  character,
  ...others.map((each) => each.character),
];

function lineOf({ activities, seeds }: KickoffCard, entity: EntityId, names: NamesOf): string {
  const { posture, verb } = activities.find((each) => each.entity === entity) ?? {};
  const { affinity, trust, summary } = seeds.find((each) => each.entity === entity) ?? STRANGER;
  const doing = oneLine([posture, verb].filter(Boolean).join('; '));
  const standing = [`${affinity}/${trust}`, plain(summary)].filter(Boolean).join(' ');
  return `${names[entity] ?? ''}: ${[doing, `(${standing})`].filter(Boolean).join(' ')}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** Brackets end a standing. */
const plain = (text: string): string => oneLine(text.replace(/[()]/g, ' '));

/**
 * The opening with what was typed; a field left blank is as it was, or as nothing is said.
 * @throws {Refusal} `bad-opening` naming the line that cannot be read.
 */
export function readForm(form: KickoffForm, card: KickoffCard, names: NamesOf): KickoffCard {
  const lines = form.people.split('\n').map(oneLine).filter(Boolean);
  // A line that was left alone says what it said, to the letter.
  const untouched = new Map(playing(card).map((entity) => [lineOf(card, entity, names), entity]));
  const told = lines.map((line) => {
    const entity = untouched.get(line);
    return entity === undefined ? readLine(line, names) : asItWas(card, entity);
  });
  const world = form.world.split('\n').map(oneLine).filter(Boolean);
  const anchor = world.find((line) => ANCHOR.test(line)) ?? null;
  const weather = world.filter((line) => line !== anchor).join(' ');
  const greeting = form.greeting.trim();
  return {
    ...card,
    place: short(form.place, 100) || card.place,
    time: short(form.time, 100) || card.time,
    weather: short(weather, 200) || null,
    anchor: anchor === null ? null : short(anchor, 200),
    activities: told.flatMap(({ activity }) => activity ?? []),
    seeds: told.flatMap(({ seed }) => seed ?? []),
    greeting,
    alternateGreetings: greeting === '' ? [] : card.alternateGreetings,
  };
}

const short = (text: string, most: number): string => oneLine(text).slice(0, most).trim();

interface Told {
  readonly activity: KickoffCard['activities'][number] | undefined;
  readonly seed: KickoffCard['seeds'][number] | undefined;
}

const asItWas = ({ activities, seeds }: KickoffCard, entity: EntityId): Told => ({
  activity: activities.find((each) => each.entity === entity),
  seed: seeds.find((each) => each.entity === entity),
});

function readLine(line: string, names: NamesOf): Told {
  const bad = new Refusal('bad-opening', { line: line.slice(0, 100) });
  const entity = Object.keys(names).find((each) =>
    line.toLowerCase().startsWith(`${names[each]?.toLowerCase()}:`),
  );
  if (entity === undefined) throw bad;
  const rest = line.slice((names[entity]?.length ?? 0) + 1).trim();
  const standing = STANDING.exec(rest);
  const parts = rest.slice(0, standing?.index ?? rest.length).split(';');
  const verb = short(parts.pop() ?? '', 200) || null;
  const posture = short(parts.join(';'), 100) || null;
  const { affinity = '', trust = '', summary = '' } = standing?.groups ?? {};
  const seed = { affinity: Number(affinity), trust: Number(trust), summary: short(summary, 600) };
  if (seed.affinity > 100 || seed.trust > 100) throw bad;
  const silent = posture === null && verb === null;
  return {
    activity: silent ? undefined : { entity, posture, verb },
    seed: standing === null ? undefined : { entity, ...seed },
  };
}

/** The first words that a card has to choose from, in its order; none where the character finds its own. */
export const firstWordsOf = ({ greeting, alternateGreetings }: KickoffCard): string[] =>
  greeting.trim() === '' ? [] : [greeting, ...alternateGreetings];

/** The opening with another of its first words in the first place. @param at counts from 0, in the card's order */
export function beginningWith(card: KickoffCard, at: number): KickoffCard {
  const all = firstWordsOf(card);
  const first = all[at];
  if (first === undefined) return card;
  return { ...card, greeting: first, alternateGreetings: all.toSpliced(at, 1) };
}
