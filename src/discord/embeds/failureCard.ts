import type { APIEmbed } from 'discord.js';
import type { Failure, ReplyAddress } from '../../app/ports.ts';
import { explanationOf, texts } from '../texts.ts';
import { AMBER } from './cutMark.ts';

/** Why a character did not answer, and what to do. Holds nothing that the model's server said. */
export const failureCard = ({ sheet, before }: ReplyAddress, failure: Failure): APIEmbed => ({
  color: AMBER,
  title: (before === '' ? texts.couldNotAnswer : texts.couldNotGoOn)(sheet.name).slice(0, 256),
  description: explanationOf(failure),
});
