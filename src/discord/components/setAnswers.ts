import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { defineComponent } from '../component.ts';
import { modes, SETTINGS_MODE, settingsCard } from '../embeds/settingsCard.ts';
import { textsFor } from '../texts.ts';
import { askedBy, storyHere } from '../viewerOf.ts';

/** Who answers where several could. */
export const setAnswers = defineComponent({
  name: SETTINGS_MODE,
  args: z.tuple([chatId]),
  ofStory: true,
  async execute(interaction, [chat], { troupe }) {
    const [value] = interaction.isStringSelectMenu() ? interaction.values : [];
    const answers = modes.find((mode) => mode === value);
    if (answers === undefined) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    const asked = askedBy(interaction);
    await troupe.storylines.configure(chat, { answers }, asked);
    const settings = troupe.reading.settingsOf(chat, asked.by);
    const { name } = storyHere(troupe, interaction.channelId);
    await interaction.editReply(settingsCard(chat, name, settings, textsFor(interaction.locale)));
  },
});
