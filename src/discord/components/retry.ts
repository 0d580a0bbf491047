import { ButtonStyle, ComponentType } from 'discord.js';
import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { customId, defineComponent } from '../component.ts';
import { requireStory } from '../requireStory.ts';
import { texts } from '../texts.ts';

/** Asks again for a reply that failed; the card goes when the reply begins. */
export const retry = defineComponent({
  name: 'retry',
  args: z.tuple([chatId]),
  async execute(interaction, [chat], { troupe, stage }) {
    await interaction.deferUpdate();
    requireStory(troupe, interaction.channelId, chat);
    await troupe.retry(interaction.channelId, interaction.id, `user:${interaction.user.id}`);
    await stage.removeCard(interaction.channelId);
  },
});

export const retryRow = (chat: string) => ({
  type: ComponentType.ActionRow as const,
  components: [
    {
      type: ComponentType.Button as const,
      style: ButtonStyle.Primary as const,
      label: texts.retry.button,
      custom_id: customId(retry.name, chat),
    },
  ],
});
