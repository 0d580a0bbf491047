import { z } from 'zod';
import { chatId, entityId } from '../../engine/ids.ts';
import { beginStory } from '../beginStory.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { texts } from '../texts.ts';
import { keepButton } from './keep.ts';

const CHARACTER = 'character:';

/** Puts the channel's story away and begins another with the character that was picked. */
export const beginAnew = defineComponent({
  name: 'anew',
  args: z.tuple([chatId, z.string()]),
  async execute(interaction, [replaces, id], bot) {
    const character = entityId.parse(CHARACTER + id);
    await interaction.deferUpdate();
    await interaction.editReply({ content: texts.start.beginning, embeds: [], components: [] });
    await beginStory(interaction, bot, { character, replaces });
    await interaction.deleteReply();
  },
});

/** The safe one first. */
export const beginAnewRow = (replaces: string, character: string, name: string) => {
  const id = customId(beginAnew.name, replaces, character.slice(CHARACTER.length));
  return buttonRow(keepButton(), button('Danger', texts.start.anew(name), id));
};
