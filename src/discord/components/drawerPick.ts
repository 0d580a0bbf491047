import { Refusal } from '../../engine/refusal.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { defineComponent } from '../component.ts';
import { DRAWER_PICK } from '../drawer/drawerMessage.ts';
import { showDrawer } from '../drawer/showDrawer.ts';
import { UNDO_SETTING, UNDO_STEP } from '../drawer/tabs/edits.ts';
import { tellUndone } from '../drawer/tellEdit.ts';
import { pickedOf, whereArgs, whereOf } from '../drawer/where.ts';
import { standingOf } from '../standing.ts';

/** Opens what was picked; a change by hand that is picked is taken back. */
export const drawerPick = defineComponent({
  name: DRAWER_PICK,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args, bot) {
    const where = whereOf(args);
    const picked = pickedOf(interaction.isStringSelectMenu() ? interaction.values[0] : undefined);
    if (picked === null) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    const { of } = picked;
    if (picked.tab !== 'edits' || of === '') {
      // Another tab begins without what was searched for.
      const words = picked.tab === where.tab ? where.words : '';
      return await showDrawer(interaction, bot, { ...where, words, ...picked });
    }
    const { drawerEdits } = bot.troupe;
    const asked = {
      command: `${buttonCommand(interaction)}:${of}`,
      by: standingOf(interaction),
    };
    try {
      if (of.startsWith(UNDO_STEP)) {
        await drawerEdits.undo(where.chat, of.slice(UNDO_STEP.length), asked);
        await tellUndone(interaction);
      } else {
        const version = Number(of.slice(UNDO_SETTING.length));
        await drawerEdits.undoSetting(where.chat, version, asked);
      }
    } finally {
      await showDrawer(interaction, bot, where);
    }
  },
});
