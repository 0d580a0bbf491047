import type { APIEmbed } from 'discord.js';
import { whereIs } from '../../engine/presence.ts';
import type { StoryClock, StoryState } from '../../engine/state/story.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

const FIELD = 1_024;

/** Where the story is: place, time, weather, who is there and what they do. */
export function sceneCard(story: StoryState, { world }: Texts): APIEmbed {
  const words = world.scene;
  const { scene, places, weather } = story;
  const members = Object.values(story.cast);
  const listed = (present: boolean) =>
    members
      .filter((member) => member.present === present)
      .map((member) => described(story, member.entity, words))
      .join('\n') || words.nobody;
  const place = scene === null ? null : places[scene.place]?.name;
  const fields = [
    ...(place ? [{ name: words.where, value: place, inline: true }] : []),
    { name: words.when, value: storyTime(story, world.time), inline: true },
    ...(weather === null ? [] : [{ name: words.weather, value: weather, inline: true }]),
    { name: words.here, value: listed(true) },
    ...(members.every(({ present }) => present)
      ? []
      : [{ name: words.gone, value: listed(false) }]),
  ];
  return {
    color: ACCENT,
    title: words.title,
    ...(scene === null ? { description: words.none } : {}),
    fields: fields.map((field) => ({ ...field, value: field.value.slice(0, FIELD) })),
  };
}

function described(story: StoryState, entity: string, words: Texts['world']['scene']): string {
  const activity = story.activities[entity];
  const name = story.cast[entity]?.name ?? '';
  const place = whereIs(story, entity);
  const elsewhere =
    place !== null && place !== story.scene?.place ? story.places[place]?.name : null;
  const doing = [
    activity?.status === 'asleep' ? words.asleep : null,
    activity?.status === 'away' ? words.away : null,
    activity?.posture,
    activity?.action?.verb,
  ].filter(Boolean);
  const who = elsewhere ? words.at(name, elsewhere) : name;
  return doing.length === 0 ? who : `${who}: ${doing.join(', ')}`;
}

/** Story time in words: how the scene names it, and how much has passed since the story began. */
export function storyTime(
  { scene, clock }: Pick<StoryState, 'scene' | 'clock'>,
  words: Texts['world']['time'],
): string {
  const parts = [scene?.time, clockTime(clock, words), clock.anchor];
  return parts.filter(Boolean).join(' · ');
}

export const clockTime = ({ minutes }: StoryClock, words: Texts['world']['time']): string =>
  words.now(...dayAndHours(minutes));

/** The day of the story, from 1 on, and the hours of it that have passed. */
export function dayAndHours(minutes: number): [number, string] {
  const [day, rest] = [Math.floor(minutes / 1_440), minutes % 1_440];
  return [day + 1, `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}`];
}
