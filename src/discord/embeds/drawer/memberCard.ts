import type { APIEmbed } from 'discord.js';
import type { CastView } from '../../../engine/drawer/castView.ts';
import type { MemberSeen } from '../../../engine/drawer/sceneView.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, plain } from './fit.ts';
import { doesIn } from './sceneTab.ts';

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
  const description = [marks && `-# ${marks}`, plain(told, LIMITS.value) || words.untold];
  const { activity = null, elsewhere = null } = seen ?? {};
  const does = activity === null ? '' : plain(doesIn(activity, texts), LIMITS.value);
  return tabCard(
    about,
    plain(name, NAME),
    {
      description: description.filter(Boolean).join('\n'),
      fields: [
        { name: words.where, value: elsewhere === null ? '' : plain(elsewhere, NAME) },
        { name: texts.drawerUi.actions.doing, value: does },
      ],
    },
    texts,
  );
}
