import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord.js';
import { z } from 'zod';
import { type HomeSettings, limitKeys } from '../../engine/homeSettings.ts';
import { customId } from '../customId.ts';
import { dashboard } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { defineModal } from '../modal.ts';
import { textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** How much is played in a day; what is left blank has no limit. */
export const limits = defineModal({
  name: 'limits',
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    await interaction.deferUpdate();
    const typed = limitKeys.map((key) => {
      const text = interaction.fields.getTextInputValue(key).replace(/[\s,.'_]/g, '');
      // What is no number is refused with the others.
      return [key, text === '' ? 0 : /^\d+$/.test(text) ? Number(text) : text];
    });
    const changed = Object.fromEntries(typed);
    const now = troupe.settings.set(homeOf(interaction), changed, askedBy(interaction));
    await interaction.editReply(dashboard(now, textsFor(interaction.locale)));
  },
});

export const limitsForm = (
  now: HomeSettings,
  { settings: words }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId(limits.name),
  title: words.form.title,
  components: [
    { type: ComponentType.TextDisplay, content: words.form.hint },
    ...limitKeys.map((key) => {
      const value = now[key] === 0 ? '' : String(now[key]);
      return textField({ id: key, label: words.form[key], value, most: 15 });
    }),
  ],
});
