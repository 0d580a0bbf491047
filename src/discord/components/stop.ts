import { ButtonStyle, ComponentType } from 'discord.js';
import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { customId, defineComponent } from '../component.ts';
import { requireStory } from '../requireStory.ts';
import { texts } from '../texts.ts';

/** Ends the reply that is streaming, keeping what it said. */
export const stop = defineComponent({
  name: 'stop',
  args: z.tuple([chatId]),
  async execute(interaction, [chat], { troupe }) {
    await interaction.deferUpdate();
    requireStory(troupe, interaction.channelId, chat);
    troupe.stop(interaction.channelId);
  },
});

export const stopRow = (chat: string) => ({
  type: ComponentType.ActionRow as const,
  components: [
    {
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label: texts.stop.button,
      custom_id: customId(stop.name, chat),
    },
  ],
});
