import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIStringSelectComponent,
  type BaseInteraction,
  ComponentType,
} from 'discord.js';
import type { Bot } from '../bot.ts';
import { buttonRow } from '../buttons.ts';
import { bare } from '../embeds/drawer/fit.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';
import { way } from './buttonsOf.ts';
import type { DrawerContext, Shown } from './tab.ts';
import { drawerTabs } from './tabs/index.ts';
import { ANY } from './tabs/relationships.ts';
import { pickedValue, tabs, type Where, whereId } from './where.ts';

/** Discord's limits of a select's option. */
const LABEL = 100;
const OPTIONS = 25;

export const DRAWER_PICK = 'dwm';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIStringSelectComponent>;

export interface DrawerMessage {
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  /** Whether what was asked for is not there any more, and its tab is shown instead. */
  readonly gone: boolean;
  readonly picture: Shown['picture'];
}

/**
 * Who asks, and what they may see of it.
 * @throws {Refusal} `not-allowed` for a full view that is not theirs any more.
 */
export function contextOf(
  interaction: BaseInteraction,
  { troupe }: Bot,
  where: Where,
): DrawerContext {
  const by = standingOf(interaction);
  return {
    troupe,
    where,
    by,
    view: troupe.drawer.viewpoint(where.chat, by, where.full),
    channel: interaction.channelId ?? '',
    texts: textsFor(interaction.locale),
    locale: interaction.locale,
    at: interaction.createdTimestamp,
    mayEdit: troupe.drawer.maySeeAll(where.chat, by),
  };
}

/** The full view only to whom it is given: the right to it can be taken away while it is looked at. */
export const allowed = (interaction: BaseInteraction, { troupe }: Bot, where: Where): Where => ({
  ...where,
  full: where.full && troupe.drawer.maySeeAll(where.chat, standingOf(interaction)),
});

/** The drawer as one person sees it. */
export function drawerMessage(context: DrawerContext): DrawerMessage {
  const { where } = context;
  const tab = drawerTabs.find((each) => each.tab === where.tab);
  const shown = tab?.show(context) ?? null;
  if (tab === undefined || shown === null) {
    const list = { ...where, of: '', page: '', words: '' };
    return { ...drawerMessage({ ...context, where: list }), gone: true };
  }
  const rows: Row[] = [tabRow(context)];
  const options = optionRow(context, shown);
  if (options !== null) rows.push(options);
  for (const buttons of shown.edits ?? []) {
    if (buttons.length > 0) rows.push(buttonRow(...buttons));
  }
  const ways = waysOf(context, shown);
  if (ways.length > 0) rows.push(buttonRow(...ways));
  return { embeds: shown.embeds, components: rows, gone: false, picture: shown.picture };
}

function tabRow({ where, texts: { drawerUi } }: DrawerContext): Row {
  return selectRow({
    type: ComponentType.StringSelect,
    custom_id: whereId(DRAWER_PICK, { ...where, page: '', of: '', words: '' }, 't'),
    options: tabs.map((tab) => ({
      label: drawerUi.tabs[tab],
      description: drawerUi.about[tab],
      value: pickedValue({ tab, page: '', of: '' }),
      default: tab === where.tab,
    })),
  });
}

function optionRow(
  { where, troupe }: DrawerContext,
  { options = [], placeholder }: Shown,
): Row | null {
  if (options.length === 0) return null;
  // What was taken back, done again and is taken back again is another choice than the first.
  const version = troupe.drawerEdits.version(where.chat).toString(36);
  return selectRow({
    type: ComponentType.StringSelect,
    custom_id: whereId(DRAWER_PICK, where, where.tab === 'edits' ? `o${version}` : 'o'),
    ...(placeholder !== undefined && { placeholder }),
    options: options.slice(0, OPTIONS).map(({ label, of, tab = where.tab, page = where.page }) => ({
      label: bare(label, LABEL) || '…',
      value: pickedValue({ tab, page, of }),
    })),
  });
}

const selectRow = (select: APIStringSelectComponent): Row => ({
  type: ComponentType.ActionRow,
  components: [select],
});

/** Back to the list, through it, and to the other view. */
function waysOf(context: DrawerContext, { newer, older, more = [] }: Shown) {
  const { where, mayEdit, texts } = context;
  const { drawerUi: words } = texts;
  const list = listOf(where);
  const paged = newer != null || older != null;
  const page = (label: string, to: string | null | undefined, via: string) => ({
    ...way(label, { ...where, page: to ?? '' }, via),
    disabled: to == null,
  });
  return [
    ...(list === null ? [] : [way(words.back, list, 'b')]),
    ...(paged ? [page(words.newer, newer, 'n'), page(words.older, older, 'o')] : []),
    ...more,
    ...(mayEdit
      ? [way(where.full ? words.seeOwn : words.seeAll, { ...where, full: !where.full }, 'v')]
      : []),
  ];
}

/** The list that what is shown was picked from; null for a list. */
export function listOf(where: Where): Where | null {
  const parts = where.of.split('.');
  if (where.of === '') return null;
  // A memory is in the list of whose it is, and a fact on the card of its relationship.
  if (where.tab === 'memories') {
    return parts.length === 2 ? { ...where, of: parts[1] ?? '' } : null;
  }
  if (where.tab === 'relationships') {
    if (parts.length === 2) return { ...where, page: '', of: parts[0] ?? '' };
    if (where.of !== ANY && where.of.endsWith(ANY)) return { ...where, page: '', of: ANY };
  }
  return { ...where, page: where.tab === 'relationships' ? '' : where.page, of: '' };
}
