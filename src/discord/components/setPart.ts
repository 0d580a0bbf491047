import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { defineComponent } from '../component.ts';
import { parts, SETTINGS_PART } from '../embeds/settingsCard.ts';
import { settingsForm } from '../modals/settings.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Opens the form for a part of a story's settings, filled in as it is. */
export const setPart = defineComponent({
  name: SETTINGS_PART,
  args: z.tuple([chatId]),
  ofStory: true,
  async execute(interaction, [chat], { troupe }) {
    const [value] = interaction.isStringSelectMenu() ? interaction.values : [];
    const part = parts.find((each) => each === value);
    if (part === undefined) throw new Refusal('out-of-date');
    const settings = troupe.reading.settingsOf(chat, standingOf(interaction));
    await interaction.showModal(settingsForm(chat, part, settings, textsFor(interaction.locale)));
  },
});
