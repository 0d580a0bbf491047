import type { Troupe } from '../app/troupe.ts';
import { type Texts, textsFor } from './texts.ts';

/** The language of what everyone reads: as the server's settings say, else as Discord does. */
export const publicLocale = (
  troupe: Troupe,
  guild: string | null,
  locale: string | null,
): string | null => (guild === null ? locale : troupe.settings.language(guild, locale));

export const publicTexts = (troupe: Troupe, guild: string | null, locale: string | null): Texts =>
  textsFor(publicLocale(troupe, guild, locale));
