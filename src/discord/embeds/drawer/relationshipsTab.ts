import type { APIEmbed } from 'discord.js';
import type { Page } from '../../../app/drawer.ts';
import type { Reason, ReasonPage } from '../../../app/reasons.ts';
import type { RelationshipSeen } from '../../../engine/drawer/relationshipsView.ts';
import type { Texts } from '../../texts.ts';
import { bar } from '../bar.ts';
import { linkTo } from '../branchCard.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, lines, plain, seconds } from './fit.ts';

/** Relationships on a page. */
const PER_PAGE = 6;
const NAME = 90;
const SUMMARY = 220;
const FACT = 310;

/** @param page counts from 0; what lies beyond the last is the last. */
export function pageOf(all: readonly RelationshipSeen[], page: number): Page<RelationshipSeen> {
  const last = Math.max(0, Math.ceil(all.length / PER_PAGE) - 1);
  const at = Math.min(Math.max(0, page), last);
  return {
    items: all.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
    page: at,
    hasMore: at < last,
  };
}

/** How those in the story stand to each other. */
export function relationshipsTab(
  { items, page, hasMore }: Page<RelationshipSeen>,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words } = texts;
  const fields = items.map((each) => {
    const facts = each.facts.length === 0 ? '' : words.facts(each.facts.length);
    const value = [
      ...scoreLines(each, texts),
      each.summary === '' ? '' : plain(each.summary, SUMMARY),
      facts === '' ? '' : `-# ${facts}`,
    ];
    return { name: pair(each, texts), value: value.filter(Boolean).join('\n') || words.unknown };
  });
  const pages = page === 0 && !hasMore ? '' : `-# ${words.page(page + 1)}`;
  return tabCard(
    about,
    words.tabs.relationships,
    { description: items.length === 0 ? words.noRelationships : pages, fields },
    texts,
  );
}

/** Any two of those in the story. @param from who is picked already */
export const pickTwo = (from: string | null, about: About, texts: Texts): APIEmbed => {
  const { whose, toWhom, pair } = texts.drawer;
  const title = pair(from === null ? '?' : plain(from, NAME), '?');
  return tabCard(about, title, { description: from === null ? whose : toWhom }, texts);
};

/** How one stands to another, what they know of them, and what made it so. */
export function relationshipCard(
  each: RelationshipSeen,
  { items }: ReasonPage,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words } = texts;
  const facts = each.facts.map(({ text }) => `- ${plain(text, FACT)}`);
  const reasons = items.map((reason) => reasonLine(reason, texts));
  return tabCard(
    about,
    pair(each, texts),
    {
      description: [
        ...scoreLines(each, texts),
        each.summary === '' ? '' : plain(each.summary, LIMITS.value),
      ]
        .filter(Boolean)
        .join('\n'),
      fields: [
        { name: words.knows, value: lines(facts, LIMITS.value, words.more) },
        {
          name: words.reasons,
          value:
            lines(reasons, LIMITS.value, words.more) ||
            (each.isNew ? words.isNew : words.noReasons),
        },
      ],
    },
    texts,
  );
}

/** Something that one knows of another, alone. */
export const factCard = (
  each: RelationshipSeen,
  fact: string,
  about: About,
  texts: Texts,
): APIEmbed =>
  tabCard(
    about,
    pair(each, texts),
    { fields: [{ name: texts.drawer.knows, value: plain(fact, LIMITS.value) }] },
    texts,
  );

const pair = ({ fromName, toName }: RelationshipSeen, { drawer: words }: Texts): string =>
  words.pair(plain(fromName, NAME), plain(toName, NAME));

function scoreLines({ scores }: RelationshipSeen, { drawer: words }: Texts): string[] {
  if (scores === null) return [words.differ];
  const line = (name: string, scale: readonly string[], score: number) =>
    words.score(
      name,
      scale[Math.min(scale.length - 1, Math.floor(score / 20))] ?? '',
      bar(score),
      score,
    );
  return [
    line(words.affinity, words.affinityScale, scores.affinity),
    line(words.trust, words.trustScale, scores.trust),
  ];
}

/** `Warmth +3, Trust −2`, and below it by whom, when and where. */
function reasonLine(reason: Reason, { drawer: words }: Texts): string {
  const { kind, affinity, trust, facts, by, at, place } = reason;
  const signed = (score: number) => (score > 0 ? `+${score}` : `−${-score}`);
  const told = kind === 'shift' ? signed : kind === 'set' ? words.setTo : String;
  const what = [
    affinity === null ? '' : `${words.affinity} ${told(affinity)}`,
    trust === null ? '' : `${words.trust} ${told(trust)}`,
    ...facts.map((fact) => plain(fact, 80)),
    kind === 'summary' ? words.summedUp : '',
    kind === 'seed' ? words.began : '',
  ].filter(Boolean);
  const who = by === null || kind === 'seed' ? '' : words.by(by.replace(/^user:/, ''));
  const where = place === null ? '' : `[${words.there}](${linkTo(place)})`;
  const about = [who, `<t:${seconds(at)}:R>`, where].filter(Boolean).join(' · ');
  return `${what.join(', ') || words.changed}\n-# ${about}`;
}
