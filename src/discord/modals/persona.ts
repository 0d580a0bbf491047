import {
  type APIModalInteractionResponseCallbackData,
  escapeMarkdown,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { type Persona, persona as shape } from '../../engine/persona.ts';
import { Refusal } from '../../engine/refusal.ts';
import { customId } from '../customId.ts';
import { homeOf } from '../homeOf.ts';
import { defineModal } from '../modal.ts';
import { requireStory } from '../requireStory.ts';
import { textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';

/** Stands for the persona of all stories that have none of their own; no story's id. */
export const EVERYWHERE = '-';

const FIELDS = ['name', 'pronouns', 'description'] as const;
const LONGEST: Record<(typeof FIELDS)[number], number> = {
  name: 80,
  pronouns: 40,
  description: 4_000,
};

/** How someone appears from their next message on. */
export const persona = defineModal({
  name: 'persona',
  args: z.tuple([z.union([chatId, z.literal(EVERYWHERE)])]),
  async execute(interaction, [where], { troupe }) {
    const chat = where === EVERYWHERE ? null : where;
    if (chat !== null) requireStory(troupe, interaction.channelId ?? '', chat);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const typed = FIELDS.map((field) => [
      field,
      interaction.fields.getTextInputValue(field).trim(),
    ]);
    const said = shape.safeParse(Object.fromEntries(typed));
    const texts = textsFor(interaction.locale).persona;
    if (!said.success) throw new Refusal('bad-setting', { field: texts.form.name });
    const of = { home: homeOf(interaction), person: `user:${interaction.user.id}`, chat };
    troupe.personas.set(of, said.data, interaction.id);
    await interaction.editReply(texts.set(escapeMarkdown(said.data.name)));
  },
});

/** @param chat the only story that it is for; null for all that have none of their own */
export const personaForm = (
  chat: string | null,
  now: Persona | null,
  name: string,
  { persona: words }: Texts,
): APIModalInteractionResponseCallbackData => {
  const values = now ?? { name, pronouns: '', description: '' };
  return {
    custom_id: customId(persona.name, chat ?? EVERYWHERE),
    title: chat === null ? words.title : words.here,
    components: FIELDS.map((field) =>
      textField({
        id: field,
        label: words.form[field],
        value: values[field],
        most: LONGEST[field],
        required: field === 'name',
      }),
    ),
  };
};
