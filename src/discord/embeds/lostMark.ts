import type { APIEmbed } from 'discord.js';
import { texts } from '../texts.ts';

/** Marks a reply whose model fell silent in the middle. */
export const lostMark = (): APIEmbed => ({ color: AMBER, description: texts.lost });

export const AMBER = 0xd9a441;
