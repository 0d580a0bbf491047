import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { switchHere } from '../switchHere.ts';

/** Plays a story that waits in the channel where the button stands. */
export const takeUp = defineComponent({
  name: 'take-up',
  args: z.tuple([chatId]),
  async execute(interaction, [chat], bot) {
    if (!interaction.isButton()) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    await switchHere(interaction, bot, chat);
    await interaction.editReply({ components: [] });
  },
});

export const takeUpRow = (chat: string, text: string) =>
  buttonRow(button('Primary', text, customId(takeUp.name, chat)));
