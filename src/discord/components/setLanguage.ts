import { z } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import { defineComponent } from '../component.ts';
import { dashboard, languages, SET_LANGUAGE } from '../embeds/dashboard.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** The language of what everyone reads. */
export const setLanguage = defineComponent({
  name: SET_LANGUAGE,
  args: z.tuple([]),
  async execute(interaction, _args, { troupe }) {
    const [value] = interaction.isStringSelectMenu() ? interaction.values : [];
    const language = languages.find((each) => each === value);
    if (language === undefined) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    const now = troupe.settings.set(homeOf(interaction), { language }, askedBy(interaction));
    await interaction.editReply(dashboard(now, textsFor(interaction.locale)));
  },
});
