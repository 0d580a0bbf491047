import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { customId, defineComponent } from '../component.ts';
import { variantCard } from '../embeds/variantCard.ts';
import { textsFor } from '../texts.ts';

/** Shows another attempt on the card of one person. */
export const peek = defineComponent({
  name: 'peek',
  args: z.tuple([chatId, nodeId, z.string()]),
  ofStory: true,
  async execute(interaction, [, node], { troupe }) {
    await interaction.deferUpdate();
    const attempts = troupe.variants.list(interaction.channelId, node);
    const at = attempts.variants.findIndex((each) => each.node === node);
    await interaction.editReply(variantCard(attempts, at, textsFor(interaction.locale)));
  },
});

export const peekId = (chat: string, node: string, what: string): string =>
  customId(peek.name, chat, node, what);
