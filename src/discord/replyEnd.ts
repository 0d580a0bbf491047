import type { Ending, Offers, ReplyAddress } from '../app/ports/stage.ts';
import { buttonRow } from './buttons.ts';
import { goOnButton } from './components/goOn.ts';
import { regenerateButton } from './components/regenerate.ts';
import { variantButtons } from './components/variant.ts';
import { cutMark } from './embeds/cutMark.ts';
import type { Below } from './replyParts.ts';
import { textsFor } from './texts.ts';

export const NOTHING: Below = { components: [], embeds: [] };

/**
 * What stands under a reply that has ended: only what is needed now, and only under the newest.
 * @param locale of what everyone reads there
 */
export function endOf(
  reply: ReplyAddress,
  ending: Ending,
  offers: Offers | null,
  locale: string | null,
): Below {
  const embeds = ending.kind === 'cut' ? [cutMark(ending.failure, locale)] : [];
  if (offers === null) return { components: [], embeds };
  const texts = textsFor(locale);
  const buttons = [
    ...(offers.variants.length > 1 ? variantButtons(reply.chat, offers, texts) : []),
    ...(offers.anew ? [regenerateButton(reply, offers.version, texts)] : []),
    ...(ending.kind === 'whole' ? [] : [goOnButton(reply, offers.version, texts)]),
  ];
  return { components: buttons.length > 0 ? [buttonRow(...buttons)] : [], embeds };
}
