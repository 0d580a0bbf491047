import type { APIEmbed } from 'discord.js';
import type { EditDone, Page } from '../../../app/drawer.ts';
import type { Done, ValueDone } from '../../../engine/drawer/doneByHand.ts';
import type { Texts } from '../../texts.ts';
import { clockTime } from '../sceneCard.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, lines, plain, seconds } from './fit.ts';
import { doesIn } from './sceneTab.ts';
import { settingIn, settingName } from './settingsTab.ts';

const LINE = 120;
const VALUE = 90;
/** Values of one change that are shown. */
const VALUES = 3;

/** What people changed by hand: what, from what to what, by whom and when. */
export function historyTab(
  { items, page, hasMore }: Page<EditDone>,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words } = texts;
  const blocks = items.map(({ by, at, done }, index) => {
    const who = words.by(by.replace(/^user:/, ''));
    const values = done.flatMap((each) => each.values.flatMap((value) => became(value, texts)));
    return [
      `**${index + 1}.** ${plain(doneIn(done, texts), LINE)}`,
      ...values.slice(0, VALUES).map((value) => `-# ${value}`),
      `-# ${who} · <t:${seconds(at)}:R>`,
    ].join('\n');
  });
  const pages = page === 0 && !hasMore ? '' : `-# ${words.page(page + 1)}`;
  const description = lines([pages, ...blocks].filter(Boolean), LIMITS.description, words.more);
  return tabCard(
    about,
    words.tabs.history,
    { description: items.length === 0 ? words.noEdits : description },
    texts,
  );
}

/** What was changed, without its values. */
export const doneIn = (done: readonly Done[], { drawer: words }: Texts): string =>
  done.map(({ did, who, whom }) => words.done[did](who, whom)).join('; ');

/** `Warmth 50 → 55` */
function became(value: ValueDone, texts: Texts): string[] {
  const { drawer: words, world } = texts;
  const line = (before: string | null, after: string | null, name = '') => {
    const [was, is] = [before, after].map((each) => plain(each ?? '', VALUE) || words.nothing);
    return `${name === '' ? '' : `${name} `}${words.became(was ?? '', is ?? '')}`;
  };
  switch (value.of) {
    case 'affinity':
    case 'trust': {
      const before = value.before === null ? '…' : String(value.before);
      return [line(before, String(value.after), words[value.of])];
    }
    case 'weight': {
      const before = value.before === null ? '…' : (words.weight[value.before] ?? null);
      return [line(before, words.weight[value.after] ?? null)];
    }
    case 'clock': {
      const { before, after } = value;
      return [
        ...(before.minutes === after.minutes
          ? []
          : [line(clockTime(before, world.time), clockTime(after, world.time))]),
        ...(before.anchor === after.anchor ? [] : [line(before.anchor, after.anchor)]),
      ];
    }
    case 'doing':
      return [line(doesIn(value.before, texts), doesIn(value.after, texts))];
    case 'new':
      return [plain(value.after, VALUE)].filter(Boolean);
    case 'words':
      return [line(value.before, value.after)];
    default: {
      const { of, before, after } = value;
      const name = `${settingName(of, texts)}:`;
      return [line(settingIn(of, before, texts), settingIn(of, after, texts), name)];
    }
  }
}
