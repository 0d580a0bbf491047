import type { APIEmbed } from 'discord.js';
import type { Sheet } from '../../engine/sheet.ts';
import { failures, texts } from '../texts.ts';
import { AMBER } from './lostMark.ts';

/** Why a character did not answer, and what to do. Holds nothing that the model's server said. */
export const failureCard = (
  sheet: Sheet,
  failure: string,
  details: { readonly retryAt: number | null; readonly id: string },
): APIEmbed => ({
  color: AMBER,
  title: `${sheet.name} could not answer`.slice(0, 256),
  description:
    failures[failure]?.(details.retryAt === null ? {} : { retryAt: details.retryAt }) ??
    texts.wentWrong(details.id),
});
