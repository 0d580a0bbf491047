import type { APIEmbed } from 'discord.js';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

/** The three next steps, for a server that has just added the bot. */
export const welcomeCard = (
  mention: (path: string) => string,
  { start: { welcome } }: Texts,
): APIEmbed => ({
  color: ACCENT,
  title: welcome.title,
  description: welcome.text(mention('start'), mention('persona set'), mention('settings')),
  footer: { text: welcome.footer },
});
