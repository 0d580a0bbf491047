import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { Refusal } from '../../engine/refusal.ts';
import type { Bot } from '../bot.ts';
import { textsFor } from '../texts.ts';
import type { Action } from './action.ts';
import { contextOf } from './drawerMessage.ts';
import type { Filled } from './form.ts';
import { showDrawer } from './showDrawer.ts';
import { tellEdit } from './tellEdit.ts';
import type { Where } from './where.ts';

/**
 * Makes a change, tells everyone, and shows the drawer as it is then, whatever came of it.
 * @param drawn the mark of the value that was shown.
 */
export async function changeBy(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  bot: Bot,
  { where, action, drawn }: { where: Where; action: Action; drawn: string },
  filled: Filled,
  command: string,
): Promise<void> {
  const context = contextOf(interaction, bot, where);
  const { troupe, by } = context;
  let told = where;
  try {
    troupe.rights.demand('edit-state', by, where.chat);
    const target = action.target(context);
    if (target === null) throw new Refusal('out-of-date');
    const value =
      action.form === undefined ? null : troupe.drawerEdits.value(where.chat, target, { by });
    const edit = action.edit(target, filled, value);
    const { node } = await troupe.drawerEdits.change(where.chat, edit, drawn, { command, by });
    // What was taken away or rewritten is not where it was.
    if (target.kind === 'fact') told = { ...where, of: where.of.split('.')[0] ?? '' };
    const { lines } = textsFor(interaction.guildLocale).drawerUi;
    const line = action.line(target, context, lines, interaction.user.id);
    if (line !== null && node !== null) await tellEdit(interaction, where.chat, node, line);
  } finally {
    await showDrawer(interaction, bot, told);
  }
}
