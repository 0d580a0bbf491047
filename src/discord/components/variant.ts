import type { APIButtonComponentWithCustomId } from 'discord.js';
import { z } from 'zod';
import type { Offers } from '../../app/ports/stage.ts';
import { chatId, nodeId } from '../../engine/ids.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { button, label } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import type { Texts } from '../texts.ts';

/** Shows another attempt at the newest reply in its place. */
export const variant = defineComponent({
  name: 'variant',
  args: z.tuple([chatId, nodeId, nodeId, z.string()]),
  ofStory: true,
  async execute(interaction, [, from, to], { troupe }) {
    await interaction.deferUpdate();
    await troupe.variants.choose({
      channel: interaction.channelId,
      command: buttonCommand(interaction),
      by: standingOf(interaction),
      from,
      variant: to,
    });
  },
});

/** ◀ 2/3 ▶; at either end there is nothing further. */
export function variantButtons(
  chat: string,
  { variants, at, version }: Offers,
  texts: Texts,
): APIButtonComponentWithCustomId[] {
  const current = variants[at] ?? '';
  const arrow = (text: string, to: string | undefined, end: string) => {
    const id = customId(variant.name, chat, current, to ?? current, to ? String(version) : end);
    return to === undefined ? label(text, id) : button('Secondary', text, id);
  };
  const { earlier, later, count } = texts.variants;
  return [
    arrow(earlier, variants[at - 1], 'first'),
    label(count(at, variants.length), customId(variant.name, chat, current, current, 'count')),
    arrow(later, variants[at + 1], 'last'),
  ];
}
