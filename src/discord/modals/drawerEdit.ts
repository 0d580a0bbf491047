import { Refusal } from '../../engine/refusal.ts';
import { actionArgs } from '../components/drawerEdit.ts';
import { actions } from '../drawer/actions/index.ts';
import { DRAWER_EDIT } from '../drawer/buttonsOf.ts';
import { changeBy } from '../drawer/changeBy.ts';
import { filledIn } from '../drawer/form.ts';
import { whereArgs, whereOf } from '../drawer/where.ts';
import { defineModal } from '../modal.ts';

/** Changes something to what was filled in. */
export const drawerEdit = defineModal({
  name: DRAWER_EDIT,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args, bot) {
    const [code, drawn] = actionArgs.parse(args.slice(5));
    const action = actions.find((each) => each.code === code);
    if (action === undefined) throw new Refusal('out-of-date');
    await interaction.deferUpdate();
    const where = whereOf(args);
    await changeBy(
      interaction,
      bot,
      { where, action, drawn },
      filledIn(interaction),
      interaction.id,
    );
  },
});
