import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { branchOff } from '../branchOff.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import type { Texts } from '../texts.ts';

/** Branches off from a point of another branch, where the story itself cannot be taken. */
export const branchThere = defineComponent({
  name: 'branch-there',
  args: z.tuple([chatId, nodeId]),
  ofStory: true,
  async execute(interaction, [, at], bot) {
    await interaction.deferUpdate();
    // Its message names what is begun, so that pressed twice it is begun once.
    await branchOff(interaction, bot, at, interaction.message.id);
  },
});

export const branchThereRow = (chat: string, at: string, { chats }: Texts) =>
  buttonRow(button('Primary', chats.branchThere, customId(branchThere.name, chat, at)));
