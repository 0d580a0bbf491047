import type { APIEmbed } from 'discord.js';
import type { CastView } from '../../../engine/drawer/castView.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, lines, plain } from './fit.ts';

const NAME = 160;
const ABOUT = 140;

/** Who is in the story: the characters, and the people. */
export function castTab({ members }: CastView, about: About, texts: Texts): APIEmbed {
  const { drawer: words } = texts;
  const listed = (characters: boolean) =>
    lines(
      members
        .filter(({ isCharacter }) => isCharacter === characters)
        .map(({ name, pronouns, about: told, present }) => {
          const marks = [plain(pronouns, 60), present ? '' : words.hasLeft].filter(Boolean);
          const line = `**${plain(name, NAME)}**${marks.length === 0 ? '' : ` · ${marks.join(' · ')}`}`;
          return told === '' ? line : `${line}\n-# ${plain(told, ABOUT)}`;
        }),
      LIMITS.description / 2 - 100,
      words.more,
    );
  const [characters, people] = [listed(true), listed(false)];
  const description = [
    characters && `**${words.characters}**\n${characters}`,
    people && `**${words.people}**\n${people}`,
  ]
    .filter(Boolean)
    .join('\n\n');
  return tabCard(about, words.tabs.cast, { description: description || words.nobody }, texts);
}
