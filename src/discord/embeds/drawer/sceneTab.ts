import type { APIEmbed } from 'discord.js';
import type { MemberSeen, SceneView } from '../../../engine/drawer/sceneView.ts';
import type { Activity } from '../../../engine/world.ts';
import type { Texts } from '../../texts.ts';
import { clockTime } from '../sceneCard.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, lines, plain } from './fit.ts';

const LINE = 200;
const NAME = 80;

/** Place, time, weather, who is here and what each is doing. */
export function sceneTab(view: SceneView, about: About, texts: Texts): APIEmbed {
  const { drawer: words, world } = texts;
  const { place, scene, clock, weather, here, near, others } = view;
  const where = [place?.name, place?.type].filter((part) => part != null);
  const passed = clockTime(clock, world.time);
  const when = [scene?.time ?? '', passed, clock.anchor ?? ''].filter(Boolean);
  const listed = (members: readonly MemberSeen[]) =>
    lines(
      members.map((member) => doing(member, texts)),
      LIMITS.value,
      words.more,
    );
  return tabCard(
    about,
    words.tabs.scene,
    {
      description: [
        view.isOpen ? '' : words.noScene,
        scene === null ? '' : plain(scene.opening, LIMITS.value),
      ]
        .filter(Boolean)
        .join('\n'),
      fields: [
        {
          name: words.where,
          value: where.length === 0 ? words.nowhere[about.view] : plain(where.join(', '), LINE),
          inline: true,
        },
        {
          name: words.when,
          value: when.map((part) => plain(part, LINE)).join('\n'),
          inline: true,
        },
        {
          name: words.weather,
          value: weather === null ? '' : plain(weather, LINE),
          inline: true,
        },
        { name: words.here, value: listed(here) || words.nobody },
        { name: words.near, value: listed(near) },
        { name: words.others, value: listed(others) },
      ],
    },
    texts,
  );
}

/** Somebody, where they are and what they do, on one line. */
export function doing({ name, activity, elsewhere }: MemberSeen, texts: Texts): string {
  const who = `**${plain(name, NAME * 2)}**`;
  const does = activity === null ? '' : doesIn(activity, texts);
  const at = elsewhere === null ? '' : ` (${plain(elsewhere, NAME)})`;
  return `${who}${at}${does === '' ? '' : ` ${plain(does, LINE)}`}`;
}

/** What somebody does, as it was written; empty for nothing in particular. */
export const doesIn = (activity: Activity, { drawer: words }: Texts): string =>
  [
    activity.status === 'asleep' ? words.asleep : '',
    activity.status === 'away' ? words.away : '',
    activity.posture ?? '',
    activity.action?.verb ?? '',
    activity.attention ? words.attends(activity.attention) : '',
    activity.holding.length > 0 ? words.holds(activity.holding.join(', ')) : '',
    activity.slot ?? '',
  ]
    .filter(Boolean)
    .join(', ');
