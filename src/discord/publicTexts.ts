import type { Troupe } from '../app/troupe.ts';
import type { ChatId, HomeId } from '../engine/ids.ts';
import { type Texts, textsFor } from './texts.ts';

/**
 * The language of what everyone reads where a story is played; null where it is not known.
 * @param guild null in direct messages
 */
export type LanguageOf = (chat: ChatId, guild: string | null) => string | null;

/**
 * The language of what everyone reads: as the home's settings say, else as Discord does.
 * @param server the language that the server has on Discord; null in direct messages
 */
export const publicLocale = (troupe: Troupe, home: HomeId, server: string | null): string | null =>
  troupe.settings.language(home, server);

export const publicTexts = (troupe: Troupe, home: HomeId, server: string | null): Texts =>
  textsFor(publicLocale(troupe, home, server));
