import type { APIEmbed } from 'discord.js';
import type { Failure, ReplyAddress } from '../../app/ports/stage.ts';
import { explanationOf, textsFor } from '../texts.ts';
import { AMBER } from './cutMark.ts';

/** Why a character did not answer, and what to do. Holds nothing that the model's server said. */
export function failureCard(
  { sheet, before }: ReplyAddress,
  failure: Failure,
  locale: string | null,
): APIEmbed {
  const { couldNotAnswer, couldNotGoOn } = textsFor(locale);
  return {
    color: AMBER,
    title: (before === '' ? couldNotAnswer : couldNotGoOn)(sheet.name).slice(0, 256),
    description: explanationOf(failure, locale),
  };
}
