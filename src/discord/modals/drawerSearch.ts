import { DRAWER_SEARCH } from '../drawer/buttonsOf.ts';
import { filledIn } from '../drawer/form.ts';
import { showDrawer } from '../drawer/showDrawer.ts';
import { searchable, whereArgs, whereOf } from '../drawer/where.ts';
import { defineModal } from '../modal.ts';

/** Shows the memories that fit some words. */
export const drawerSearch = defineModal({
  name: DRAWER_SEARCH,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args, bot) {
    await interaction.deferUpdate();
    const words = searchable(filledIn(interaction).words ?? '');
    await showDrawer(interaction, bot, { ...whereOf(args), words });
  },
});
