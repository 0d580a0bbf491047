import { MessageFlags, messageLink } from 'discord.js';
import { defineComponent } from '../component.ts';
import { DRAWER_PIN } from '../drawer/buttonsOf.ts';
import { showDrawer } from '../drawer/showDrawer.ts';
import { whereArgs, whereOf } from '../drawer/where.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Puts a live panel up in the channel, or takes it away. */
export const drawerPin = defineComponent({
  name: DRAWER_PIN,
  args: whereArgs,
  ofStory: true,
  async execute(interaction, args, bot) {
    const where = whereOf(args);
    const { channelId: channel, guildId } = interaction;
    const by = standingOf(interaction);
    const { drawerUi } = textsFor(interaction.locale);
    const isOwn = interaction.message.flags.has(MessageFlags.Ephemeral);
    if (isOwn) await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    let content: string = drawerUi.unpinned;
    if (args[5] === 'n') await bot.troupe.panels.unpin(where.chat, channel, { by });
    else {
      const { message } = await bot.troupe.panels.pin(where.chat, channel, { by });
      const link =
        guildId === null ? messageLink(channel, message) : messageLink(channel, message, guildId);
      content = drawerUi.pinned(link);
    }
    if (!isOwn) return void (await interaction.editReply(content));
    await showDrawer(interaction, bot, where);
    await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
  },
});
