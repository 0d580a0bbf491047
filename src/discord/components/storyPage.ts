import { z } from 'zod';
import { defineComponent } from '../component.ts';
import { STORY_PAGE, storyList } from '../embeds/storyList.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { viewerOf } from '../viewerOf.ts';

/** Another page of the list of stories, as it is by now. */
export const storyPage = defineComponent({
  name: STORY_PAGE,
  args: z.tuple([z.string().regex(/^-?\d{1,4}$/)]),
  async execute(interaction, [page], { troupe }) {
    await interaction.deferUpdate();
    const stories = troupe.storylines.list(homeOf(interaction), viewerOf(interaction));
    await interaction.editReply(storyList(stories, Number(page), textsFor(interaction.locale)));
  },
});
