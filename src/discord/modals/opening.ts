import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { z } from 'zod';
import type { Opening } from '../../app/openings.ts';
import { chatId } from '../../engine/ids.ts';
import { formFields, kickoffForm } from '../../engine/kickoff/kickoffForm.ts';
import { customId } from '../customId.ts';
import { kickoffCard } from '../embeds/kickoffCard.ts';
import { defineModal } from '../modal.ts';
import { standingOf } from '../standing.ts';
import { LONGEST_TEXT, textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';

const ONE_LINE = 100;
const SHORT: readonly string[] = ['place', 'time'];

/** An opening as someone wants it, of which still nothing has begun. */
export const opening = defineModal({
  name: 'opening',
  args: z.tuple([chatId]),
  async execute(interaction, [id], { troupe, avatars }) {
    await interaction.deferUpdate();
    const typed = kickoffForm.parse(
      Object.fromEntries(
        formFields.map((field) => [field, interaction.fields.getTextInputValue(field)]),
      ),
    );
    const revised = troupe.openings.revise(id, typed, LONGEST_TEXT, standingOf(interaction));
    const avatar = await avatars.url(revised.sheet.avatar);
    await interaction.editReply(kickoffCard(revised, avatar, textsFor(interaction.locale)));
  },
});

export const openingForm = (
  { id, form }: Opening,
  { start: words }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId(opening.name, id),
  title: words.form.title,
  components: formFields.map((field) => {
    const { label, hint } = words.form[field];
    const short = SHORT.includes(field);
    return textField({
      id: field,
      label,
      hint,
      value: form[field],
      most: short ? ONE_LINE : LONGEST_TEXT,
    });
  }),
});
