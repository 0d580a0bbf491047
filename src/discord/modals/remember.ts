import {
  type APIModalInteractionResponseCallbackData,
  escapeMarkdown,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import { chatId, snowflake } from '../../engine/ids.ts';
import { customId } from '../customId.ts';
import { defineModal } from '../modal.ts';
import { standingOf } from '../standing.ts';
import { textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';

const TEXT = 'text';
/** Of a memory. */
const LONGEST = 2_000;

/** Writes a memory by hand, for the characters who witnessed a message. */
export const remember = defineModal({
  name: 'remember',
  args: z.tuple([chatId, snowflake]),
  ofStory: true,
  async execute(interaction, [chat, message], { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const text = interaction.fields.getTextInputValue(TEXT).trim();
    const asked = { chat, message, text, command: interaction.id };
    const names = await troupe.words.remember(asked, standingOf(interaction));
    const { remember: words } = textsFor(interaction.locale).words;
    await interaction.editReply(words.done(names.map((name) => escapeMarkdown(name)).join(', ')));
  },
});

export const rememberForm = (
  chat: string,
  message: string,
  text: string,
  { words }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId(remember.name, chat, message),
  title: words.remember.title,
  components: [
    textField({
      id: TEXT,
      label: words.remember.label,
      hint: words.remember.hint,
      value: text,
      most: LONGEST,
      required: true,
    }),
  ],
});
