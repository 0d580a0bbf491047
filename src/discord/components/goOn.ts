import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { requireStory } from '../requireStory.ts';
import { texts } from '../texts.ts';

/** Has the character go on where its reply was cut short. */
export const goOn = defineComponent({
  name: 'go-on',
  args: z.tuple([chatId, nodeId]),
  async execute(interaction, [chat, node], { troupe }) {
    await interaction.deferUpdate();
    try {
      requireStory(troupe, interaction.channelId, chat);
      await troupe.goOn(interaction.channelId, interaction.id, `user:${interaction.user.id}`, node);
    } catch (error) {
      // The story has moved on, and the button with it.
      if (error instanceof Refusal) await interaction.editReply({ components: [] });
      throw error;
    }
  },
});

export const goOnRow = ({ chat, node }: { readonly chat: string; readonly node: string }) =>
  buttonRow(button('Secondary', texts.goOn.button, customId(goOn.name, chat, node)));
