import { type APIModalInteractionResponseCallbackData, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { customId } from '../customId.ts';
import { defineModal } from '../modal.ts';
import { standingOf } from '../standing.ts';
import { textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';

const TEXT = 'text';
/** As long as a message. */
const LONGEST = 2_000;

/** Changes what a person said, and has the character answer that instead. */
export const reword = defineModal({
  name: 'reword',
  args: z.tuple([chatId, nodeId]),
  ofStory: true,
  async execute(interaction, [, node], { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await troupe.regenerate({
      channel: interaction.channelId ?? '',
      command: interaction.id,
      by: standingOf(interaction),
      node,
      note: null,
      text: interaction.fields.getTextInputValue(TEXT).trim(),
    });
    await interaction.editReply(textsFor(interaction.locale).variants.regenerate.reworded);
  },
});

export const rewordForm = (
  chat: string,
  node: string,
  text: string,
  { variants: { regenerate: words } }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId(reword.name, chat, node),
  title: words.title,
  components: [
    textField({ id: TEXT, label: words.label, value: text, most: LONGEST, required: true }),
  ],
});
