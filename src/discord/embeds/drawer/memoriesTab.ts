import type { APIEmbed } from 'discord.js';
import type { MemoriesTab, MemorySeen } from '../../../app/drawer.ts';
import type { Texts } from '../../texts.ts';
import { linkTo } from '../branchCard.ts';
import { clockTime } from '../sceneCard.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, plain } from './fit.ts';

const TEXT = 600;
const NAME = 90;

/** A page of what a character remembers. */
export function memoriesTab(tab: MemoriesTab, about: About, texts: Texts): APIEmbed {
  const { drawer: words } = texts;
  const { items, page, hasMore, pins, givesWay } = tab;
  const head = [
    tab.words === null ? '' : words.found(plain(tab.words, 200)),
    page === 0 && !hasMore ? '' : words.page(page + 1),
  ].filter(Boolean);
  const blocks = [
    head.length === 0 ? '' : `-# ${head.join(' · ')}`,
    ...items.map((memory) => memoryBlock(memory, texts)),
    items.length > 0 ? '' : tab.words === null ? words.noMemories : words.notFound,
  ];
  const pinned = [
    words.pins(pins.pins.length, pins.most),
    givesWay === null
      ? ''
      : givesWay.text === null
        ? words.givesWayUnseen
        : words.givesWay(plain(givesWay.text, 300)),
  ];
  return tabCard(
    about,
    words.remembers(plain(tab.ownerName, NAME * 2)),
    {
      description: blocks.filter(Boolean).join('\n\n'),
      fields: [{ name: words.pinned, value: pinned.filter(Boolean).join('\n') }],
    },
    texts,
  );
}

/** One memory alone, with all that is known of it. */
export const memoryCard = (
  memory: MemorySeen,
  ownerName: string,
  about: About,
  texts: Texts,
): APIEmbed =>
  tabCard(
    about,
    texts.drawer.remembers(plain(ownerName, NAME * 2)),
    { description: memoryBlock(memory, texts, LIMITS.description - 500) },
    texts,
  );

function memoryBlock(memory: MemorySeen, { drawer: words, world }: Texts, most = TEXT): string {
  const { text, significance, kind, toldBy, reliability, storyTime, pin, place } = memory;
  const marks = [
    words.weight[significance] ?? '',
    words.kinds[kind],
    pin === null ? '' : pin.byHand ? words.byHand : words.byItself,
    toldBy === null ? '' : words.toldBy(plain(toldBy, NAME)),
    reliability === 100 ? '' : words.sure(reliability),
    clockTime({ anchor: null, minutes: storyTime }, world.time),
    place === null ? '' : `[${words.there}](${linkTo(place)})`,
  ];
  return `${plain(text, most)}\n-# ${marks.filter(Boolean).join(' · ')}`;
}
