import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  escapeMarkdown,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import { chatId, type EntityId, entityId } from '../../engine/ids.ts';
import { customId } from '../customId.ts';
import { defineModal } from '../modal.ts';
import { standingOf } from '../standing.ts';
import { tellMove } from '../tellMove.ts';
import { LONGEST_TEXT, textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';

const CHARACTER = 'character:';
const NAME = 'name';

/** Has a character begin anew whose name was typed. */
export const reset = defineModal({
  name: 'reset',
  args: z.tuple([chatId, z.string()]),
  ofStory: true,
  async execute(interaction, [chat, id], { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const character = entityId.parse(CHARACTER + id);
    const typed = interaction.fields.getTextInputValue(NAME);
    const traveller = { by: standingOf(interaction), command: interaction.id };
    const { name, ...moved } = await troupe.travel.reset(chat, character, typed, traveller);
    const called = escapeMarkdown(name);
    await interaction.editReply(textsFor(interaction.locale).travel.reset.done(called));
    const { told } = textsFor(interaction.guildLocale).travel.reset;
    await tellMove(interaction, chat, moved, told(interaction.user.id, called));
  },
});

/** @param alone whether the story begins anew with it */
export const resetForm = (
  chat: string,
  { character, name }: { readonly character: EntityId; readonly name: string },
  alone: boolean,
  { travel }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId(reset.name, chat, character.slice(CHARACTER.length)),
  title: travel.reset.title(name),
  components: [
    { type: ComponentType.TextDisplay, content: travel.reset.warning(escapeMarkdown(name), alone) },
    textField({
      id: NAME,
      label: travel.reset.label(name),
      most: LONGEST_TEXT,
      lines: 'one',
      required: true,
    }),
  ],
});
