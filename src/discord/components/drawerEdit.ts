import { z } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { defineComponent } from '../component.ts';
import { actions } from '../drawer/actions/index.ts';
import { DRAWER_EDIT, drawnAt } from '../drawer/buttonsOf.ts';
import { changeBy } from '../drawer/changeBy.ts';
import { contextOf } from '../drawer/drawerMessage.ts';
import { formOf } from '../drawer/form.ts';
import { showDrawer } from '../drawer/showDrawer.ts';
import { whereArgs, whereId, whereOf } from '../drawer/where.ts';
import { refusalsFor } from '../texts.ts';

/** Which action, and the mark of the value that it was drawn at, see `drawnAt`. */
export const actionArgs = z.tuple([
  z.string(),
  z
    .string()
    .regex(/^[a-z0-9]{1,20}\.[a-z0-9]{1,8}$/)
    .transform((drawn) => drawn.slice(0, drawn.indexOf('.'))),
]);

/** Changes something at once, or opens the form for it, filled in as it stands. */
export const drawerEdit = defineComponent({
  name: DRAWER_EDIT,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args, bot) {
    const where = whereOf(args);
    const [code, drawn] = actionArgs.parse(args.slice(5));
    const action = actions.find((each) => each.code === code);
    if (action === undefined) throw new Refusal('out-of-date');
    if (action.form === undefined) {
      await interaction.deferUpdate();
      const command = buttonCommand(interaction);
      return await changeBy(interaction, bot, { where, action, drawn }, {}, command);
    }
    const context = contextOf(interaction, bot, where);
    const { troupe, by, texts } = context;
    troupe.rights.demand('edit-state', by, where.chat);
    const target = action.target(context);
    if (target === null) {
      await interaction.deferUpdate();
      const content = refusalsFor(interaction.locale)['out-of-date']({});
      return await showDrawer(interaction, bot, where, { content, gone: true });
    }
    // The form shows what stands there now, and is about that.
    const value = troupe.drawerEdits.value(where.chat, target, { by });
    const words = texts.drawerUi;
    const id = whereId(DRAWER_EDIT, where, code, drawnAt(context, value));
    const title = words.actions[action.label];
    await interaction.showModal(formOf(id, title, action.form(target, value, context), words));
  },
});
