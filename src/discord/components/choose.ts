import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Takes the attempt on the card into the story. */
export const choose = defineComponent({
  name: 'choose',
  args: z.tuple([chatId, nodeId, z.string()]),
  ofStory: true,
  async execute(interaction, [, variant], { troupe }) {
    await interaction.deferUpdate();
    await troupe.variants.choose({
      channel: interaction.channelId,
      command: buttonCommand(interaction),
      by: standingOf(interaction),
      from: null,
      variant,
    });
    const content = textsFor(interaction.locale).variants.chosen;
    await interaction.editReply({ content, embeds: [], components: [] });
  },
});

export const chooseId = (chat: string, node: string, version: number): string =>
  customId(choose.name, chat, node, String(version));
