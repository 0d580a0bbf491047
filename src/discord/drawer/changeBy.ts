import type { APIEmbed, MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import type { EditTarget } from '../../engine/drawer/drawerEdit.ts';
import { Refusal } from '../../engine/refusal.ts';
import type { Bot } from '../bot.ts';
import { refusalsFor, textsFor } from '../texts.ts';
import type { Action } from './action.ts';
import { allowed, contextOf, listOf } from './drawerMessage.ts';
import type { Filled } from './form.ts';
import { nowInWords } from './nowInWords.ts';
import { showDrawer, type Told } from './showDrawer.ts';
import type { DrawerContext } from './tab.ts';
import { tellEdit } from './tellEdit.ts';
import type { Where } from './where.ts';

type Asking = MessageComponentInteraction | ModalSubmitInteraction;

/** What is longer was some work to write: it is given back where it could not be taken. */
const SHORT = 20;
const DESCRIPTION = 4_096;

/**
 * Makes a change, tells everyone, and shows the drawer as it is then, whatever came of it.
 * @param drawn the mark of the value that was shown.
 */
export async function changeBy(
  interaction: Asking,
  bot: Bot,
  { where: asked, action, drawn }: { where: Where; action: Action; drawn: string },
  filled: Filled,
  command: string,
): Promise<void> {
  const where = allowed(interaction, bot, asked);
  const context = contextOf(interaction, bot, where);
  const { troupe, by } = context;
  const after = action.leaves ? (listOf(where) ?? where) : where;
  let target: EditTarget | null = null;
  try {
    troupe.rights.demand('edit-state', by, where.chat);
    target = action.target(context);
    if (target === null) {
      // Pressed twice, it took that away itself.
      if (troupe.drawerEdits.isDone(where.chat, command)) {
        return await showDrawer(interaction, bot, after);
      }
      throw new Refusal('out-of-date');
    }
    const value =
      action.form === undefined ? null : troupe.drawerEdits.value(where.chat, target, { by });
    const edit = action.edit(target, filled, value);
    const { node } = await troupe.drawerEdits.change(where.chat, edit, drawn, { command, by });
    const { lines } = textsFor(interaction.guildLocale).drawerUi;
    const line = action.line(target, context, lines, interaction.user.id);
    if (line !== null && node !== null) await tellEdit(interaction, where.chat, node, line);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return await showDrawer(interaction, bot, where, refusedFor(context, error, target, filled));
  }
  await showDrawer(interaction, bot, after);
}

/** Why nothing was changed, what stands there now, and what they had written. */
function refusedFor(
  context: DrawerContext,
  { code, details }: Refusal,
  target: EditTarget | null,
  filled: Filled,
): Told {
  const { texts, locale } = context;
  const now = code === 'changed-meanwhile' && target !== null ? nowInWords(context, target) : null;
  const content = refusalsFor(locale)[code](now === null ? details : { ...details, now });
  const written = Object.values(filled).filter((text) => text.length > SHORT);
  const embed: APIEmbed = {
    title: texts.drawerUi.written,
    description: written.join('\n\n').slice(0, DESCRIPTION),
  };
  return { content, embeds: written.length === 0 ? [] : [embed], gone: code === 'out-of-date' };
}
