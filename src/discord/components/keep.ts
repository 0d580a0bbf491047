import { ButtonStyle, ComponentType } from 'discord.js';
import { z } from 'zod';
import { customId, defineComponent } from '../component.ts';
import { texts } from '../texts.ts';

/** Leaves everything as it is and takes the question away. */
export const keep = defineComponent({
  name: 'keep',
  args: z.tuple([]),
  async execute(interaction) {
    await interaction.deferUpdate();
    await interaction.deleteReply();
  },
});

export const keepButton = () => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  label: texts.keep.button,
  custom_id: customId(keep.name),
});
