import type { APIButtonComponentWithCustomId, APIEmbed } from 'discord.js';
import type { RelationshipHistory } from '../../app/relationshipHistory.ts';
import type { Troupe } from '../../app/troupe.ts';
import type { Viewpoint } from '../../engine/drawer/viewpoint.ts';
import type { Standing } from '../../engine/rights.ts';
import type { About } from '../embeds/drawer/about.ts';
import type { Texts } from '../texts.ts';
import type { Tab, Where } from './where.ts';

/** Who looks at what, and in which language. */
export interface DrawerContext {
  readonly troupe: Troupe;
  readonly where: Where;
  readonly view: Viewpoint;
  readonly by: Standing;
  readonly channel: string;
  readonly texts: Texts;
  /** Of whoever looks, as Discord names it. */
  readonly locale: string;
  /** Milliseconds since 1970 at which it is shown. */
  readonly at: number;
  /** Whether they may change what the story holds. */
  readonly mayEdit: boolean;
}

/** Something to be picked: what of the drawer it opens, see `Where`; the rest stays as it is. */
export interface Option {
  readonly label: string;
  readonly of: string;
  readonly tab?: Tab;
  readonly page?: string;
}

export interface Shown {
  readonly embeds: readonly APIEmbed[];
  readonly placeholder?: string;
  /** At most 25. */
  readonly options?: readonly Option[];
  /** At most two rows of five. */
  readonly edits?: readonly (readonly APIButtonComponentWithCustomId[])[];
  /** Where the list goes on, and where it came from; null at its ends. */
  readonly older?: string | null;
  readonly newer?: string | null;
  /** Beside the ways through the list. */
  readonly more?: readonly APIButtonComponentWithCustomId[];
  /** To be drawn once the rest is shown. */
  readonly picture?: { readonly title: string; readonly history: () => RelationshipHistory };
}

/** One tab of the drawer: one file in `tabs/`, one line in `tabs/index.ts`. */
export interface DrawerTab {
  readonly tab: Tab;
  /** Null where what it should be about is not there any more. */
  show(context: DrawerContext): Shown | null;
}

export const defineTab = (tab: DrawerTab): DrawerTab => tab;

export const aboutOf = ({ troupe, where, view, at }: DrawerContext): About => ({
  story: troupe.drawer.settings(where.chat, view).name,
  view: view.kind,
  at: Math.floor(at / 1_000),
});
