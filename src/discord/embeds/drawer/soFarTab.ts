import type { APIEmbed } from 'discord.js';
import type { SoFarTab } from '../../../app/drawer.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, lines, plain } from './fit.ts';

const NAME = 160;
const SUMMARY = 620;

/** What the characters made of the scenes that have ended. */
export function soFarTab({ items }: SoFarTab, about: About, texts: Texts): APIEmbed {
  const { drawer: words } = texts;
  const blocks = items.map(({ ownerName, text, significance }) => {
    const weight = words.weight[significance] ?? '';
    return `**${plain(ownerName, NAME)}**${weight === '' ? '' : ` · ${weight}`}\n${plain(text, SUMMARY)}`;
  });
  const description = lines(blocks, LIMITS.description, words.more, '\n\n');
  return tabCard(about, words.tabs.soFar, { description: description || words.noScenes }, texts);
}
