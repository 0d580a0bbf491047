import { MessageFlags } from 'discord.js';
import { defineComponent } from '../component.ts';
import { DRAWER } from '../drawer/buttonsOf.ts';
import { showDrawer } from '../drawer/showDrawer.ts';
import { whereArgs, whereOf } from '../drawer/where.ts';

/** Shows another part of the drawer; pressed on what everyone sees, in a drawer of one's own. */
export const drawer = defineComponent({
  name: DRAWER,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args, bot) {
    if (interaction.message.flags.has(MessageFlags.Ephemeral)) await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await showDrawer(interaction, bot, whereOf(args));
  },
});
