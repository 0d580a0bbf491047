import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Takes an edit of the world back, as long as the story stands where it left it. */
export const takeBack = defineComponent({
  name: 'take-back',
  args: z.tuple([chatId, nodeId]),
  ofStory: true,
  async execute(interaction, [chat, node], { troupe }) {
    await interaction.deferUpdate();
    const by = standingOf(interaction);
    try {
      await troupe.world.takeBack(chat, node, { command: buttonCommand(interaction), by });
    } catch (error) {
      // The story has moved on, and the button with it.
      const over = error instanceof Refusal && error.code === 'nothing-to-undo';
      if (over) await interaction.editReply({ components: [] });
      throw error;
    }
    const { undone } = textsFor(interaction.guildLocale).world;
    await interaction.editReply({
      content: `~~${interaction.message.content}~~\n${undone(interaction.user.id)}`.slice(0, 2_000),
      components: [],
      allowedMentions: { parse: [] },
    });
  },
});

export const takeBackRow = (chat: string, node: string, text: string) =>
  buttonRow(button('Secondary', text, customId(takeBack.name, chat, node)));
