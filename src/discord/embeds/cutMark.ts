import type { APIEmbed } from 'discord.js';
import type { Failure } from '../../app/ports/stage.ts';
import { explanationOf, textsFor } from '../texts.ts';

export const AMBER = 0xd9a441;

/** Marks a reply that ended before its character was done, though nobody asked for it. */
export const cutMark = (failure: Failure, locale: string | null): APIEmbed => ({
  color: AMBER,
  description: `${textsFor(locale).cut} ${explanationOf(failure, locale)}`,
});
