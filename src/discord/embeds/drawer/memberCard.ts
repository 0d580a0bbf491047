import type { APIEmbed } from 'discord.js';
import type { CastView } from '../../../engine/drawer/castView.ts';
import type { MemberSeen } from '../../../engine/drawer/sceneView.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, plain } from './fit.ts';
import { doing } from './sceneTab.ts';

const NAME = 160;

/** One of the cast, and what they do as far as that is seen. */
export function memberCard(
  { name, about: told, pronouns, present }: CastView['members'][number],
  seen: MemberSeen | null,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words } = texts;
  const marks = [plain(pronouns, 60), present ? '' : words.hasLeft].filter(Boolean).join(' · ');
  const description = [marks && `-# ${marks}`, plain(told, LIMITS.value)].filter(Boolean);
  const does = seen === null ? '' : doing(seen, texts);
  return tabCard(
    about,
    plain(name, NAME),
    {
      description: description.join('\n'),
      fields: [{ name: texts.drawerUi.actions.doing, value: does }],
    },
    texts,
  );
}
