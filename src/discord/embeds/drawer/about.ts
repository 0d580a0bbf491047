import type { APIEmbed } from 'discord.js';
import type { Viewpoint } from '../../../engine/drawer/viewpoint.ts';
import type { Texts } from '../../texts.ts';
import { ACCENT } from '../helpCard.ts';
import { bare, fitted, LIMITS } from './fit.ts';

/** What stands around every tab. */
export interface About {
  /** The story's name. */
  readonly story: string;
  readonly view: Viewpoint['kind'];
  /** When it was last true; seconds since 1970. */
  readonly at: number;
}

/** One tab as a card: whose it is on top, what it is and when it was true below. */
export const tabCard = (
  { story, view, at }: About,
  title: string,
  body: Pick<APIEmbed, 'description' | 'fields'>,
  { drawer: words }: Texts,
): APIEmbed =>
  fitted({
    color: ACCENT,
    author: { name: bare(story, LIMITS.author) || words.story },
    title,
    ...(body.description ? { description: body.description } : {}),
    ...(body.fields ? { fields: body.fields.filter(({ value }) => value !== '') } : {}),
    footer: { text: words.footer[view] },
    timestamp: new Date(at * 1_000).toISOString(),
  });
