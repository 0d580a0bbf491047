import { z } from 'zod';
import { defineComponent } from '../component.ts';
import { CHARACTER_PAGE, characterList } from '../embeds/characterList.ts';
import { homeOf } from '../homeOf.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Another page of the list of characters, as it is by now. */
export const characterPage = defineComponent({
  name: CHARACTER_PAGE,
  args: z.tuple([z.string().regex(/^-?\d{1,4}$/)]),
  async execute(interaction, [page], { troupe }) {
    await interaction.deferUpdate();
    const all = troupe.casting.list(homeOf(interaction), standingOf(interaction));
    await interaction.editReply(characterList(all, Number(page), textsFor(interaction.locale)));
  },
});
