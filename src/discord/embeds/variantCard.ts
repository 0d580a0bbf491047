import type { APIActionRowComponent, APIButtonComponent, APIEmbed } from 'discord.js';
import type { Attempts } from '../../app/variants.ts';
import { button, buttonRow, label } from '../buttons.ts';
import { chooseId } from '../components/choose.ts';
import { peekId } from '../components/peek.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

/** Longest preview; a description holds 4,096 characters. */
const PREVIEW = 3_000;

/** One attempt at a reply, to look at before it is chosen. */
export function variantCard(
  { chat, version, variants }: Attempts,
  at: number,
  { variants: words }: Texts,
): { embeds: APIEmbed[]; components: APIActionRowComponent<APIButtonComponent>[] } {
  const shown = variants[at];
  if (shown === undefined) return { embeds: [], components: [] };
  const description = shown.text.slice(0, PREVIEW) + (shown.text.length > PREVIEW ? '…' : '');
  const arrow = (text: string, to: string | undefined, end: string) =>
    to === undefined
      ? label(text, peekId(chat, shown.node, end))
      : button('Secondary', text, peekId(chat, to, 'show'));
  const only = variants.length === 1;
  return {
    embeds: [
      {
        color: ACCENT,
        description,
        footer: {
          text: [
            words.count(at, variants.length),
            ...(shown.current ? [words.current] : []),
            ...(only ? [words.only] : []),
          ].join(' · '),
        },
      },
    ],
    components: only
      ? []
      : [
          buttonRow(
            arrow(words.earlier, variants[at - 1]?.node, 'first'),
            arrow(words.later, variants[at + 1]?.node, 'last'),
            shown.current
              ? label(words.choose, chooseId(chat, shown.node, version))
              : button('Primary', words.choose, chooseId(chat, shown.node, version)),
          ),
        ],
  };
}
