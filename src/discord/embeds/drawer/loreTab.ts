import type { APIEmbed } from 'discord.js';
import type { LoreTab } from '../../../app/drawer.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, lines, plain } from './fit.ts';

const NAME = 120;
const ENTRY = 160;

/** Which books the story draws on; what they hold is not for players to read ahead. */
export function loreTab({ books }: LoreTab, about: About, texts: Texts): APIEmbed {
  const { drawer: words } = texts;
  const fields = books.slice(0, LIMITS.fields).map(({ name, of, entries, held }) => ({
    name: plain(name, NAME) || words.unnamed,
    value: lines(
      [
        words.entries(entries, of === null ? null : plain(of, NAME)),
        ...held.map(
          (entry) =>
            `**${plain(entry.name, NAME) || words.unnamed}** ${plain(entry.content, ENTRY)}`,
        ),
      ],
      LIMITS.value,
      words.more,
    ),
  }));
  const description = books.length === 0 ? words.noLore : '';
  return tabCard(about, words.tabs.lore, { description, fields }, texts);
}
