import { z } from 'zod';
import { chatId, entityId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { MEMORY_PAGE, memoryList } from '../embeds/memoryList.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Another page of what a character remembers, as it is by now. */
export const memoryPage = defineComponent({
  name: MEMORY_PAGE,
  args: z.tuple([chatId, z.string(), z.string().regex(/^-?\d{1,4}$/)]),
  ofStory: true,
  async execute(interaction, [chat, character, page], { troupe }) {
    const owner = entityId.parse(`character:${character}`);
    await interaction.deferUpdate();
    const memories = troupe.world.memories(chat, owner, null, standingOf(interaction));
    const story = troupe.world.storyOf(chat);
    const texts = textsFor(interaction.locale);
    await interaction.editReply(memoryList({ chat, owner }, story, memories, Number(page), texts));
  },
});
