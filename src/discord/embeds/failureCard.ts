import type { APIEmbed } from 'discord.js';
import type { Failure } from '../../app/ports.ts';
import type { Sheet } from '../../engine/sheet.ts';
import { explanationOf } from '../texts.ts';
import { AMBER } from './cutMark.ts';

/** Why a character did not answer, and what to do. Holds nothing that the model's server said. */
export const failureCard = (sheet: Sheet, failure: Failure): APIEmbed => ({
  color: AMBER,
  title: `${sheet.name} could not answer`.slice(0, 256),
  description: explanationOf(failure),
});
