import { defineComponent } from '../component.ts';
import { DRAWER_SEARCH } from '../drawer/buttonsOf.ts';
import { formOf } from '../drawer/form.ts';
import { MOST_WORDS, whereArgs, whereId, whereOf } from '../drawer/where.ts';
import { textsFor } from '../texts.ts';

/** Asks what to look for among the memories. */
export const drawerSearch = defineComponent({
  name: DRAWER_SEARCH,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args) {
    const { drawerUi } = textsFor(interaction.locale);
    const id = whereId(DRAWER_SEARCH, whereOf(args));
    const field = { id: 'words', value: '', most: MOST_WORDS, required: true } as const;
    await interaction.showModal(formOf(id, drawerUi.search, [field], drawerUi));
  },
});
