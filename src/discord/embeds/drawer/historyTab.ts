import type { APIEmbed } from 'discord.js';
import type { EditDone, Page } from '../../../app/drawer.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { plain, seconds } from './fit.ts';

const LINE = 120;
const VALUE = 90;

/** What people changed by hand: who, when and what. */
export function historyTab(
  { items, page, hasMore }: Page<EditDone>,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words } = texts;
  const blocks = items.map(({ by, at, labels, change }) => {
    const who = words.by(by.replace(/^user:/, ''));
    const value = (text: string | null) => (text === null ? words.nothing : plain(text, VALUE));
    const what = change === null ? '' : `\n-# ${value(change.before)} → ${value(change.after)}`;
    return `${plain(labels.join('; '), LINE)}\n-# ${who} · <t:${seconds(at)}:R>${what}`;
  });
  const pages = page === 0 && !hasMore ? '' : `-# ${words.page(page + 1)}`;
  const description = [pages, ...blocks].filter(Boolean).join('\n');
  return tabCard(
    about,
    words.tabs.history,
    { description: items.length === 0 ? words.noEdits : description },
    texts,
  );
}
