import { z } from 'zod';
import { button } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { problemOf } from '../problem.ts';
import type { Texts } from '../texts.ts';

/** Leaves everything as it is and takes the question away. */
export const keep = defineComponent({
  name: 'keep',
  args: z.tuple([]),
  async execute(interaction) {
    await interaction.deferUpdate();
    await interaction.deleteReply().catch((error) => {
      // Pressed twice, or put away by whom it was for: it is gone.
      if (problemOf(error) !== 'gone') throw error;
    });
  },
});

export const keepButton = (texts: Texts) =>
  button('Secondary', texts.keep.button, customId(keep.name));
