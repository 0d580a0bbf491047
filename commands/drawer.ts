import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { showDrawer } from '../src/discord/drawer/showDrawer.ts';
import { type Tab, tabs } from '../src/discord/drawer/where.ts';
import { texts } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** What the story holds, as far as one witnessed it, and the ways to change it. */
export const drawer = {
  group: 'world',
  data: {
    name: 'drawer',
    description: 'What the story holds, as far as you witnessed it, and the ways to change it',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'tab',
        description: 'What to look at; the scene, if you leave it out',
        choices: tabs.map((tab) => ({ name: texts.drawerUi.tabs[tab], value: tab })),
      },
    ],
  },

  async execute(interaction, bot) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(bot.troupe, interaction.channelId);
    const tab = (interaction.options.getString('tab') ?? 'scene') as Tab;
    await showDrawer(interaction, bot, { chat, tab, full: false, page: '', of: '', words: '' });
  },
} as const satisfies Command;
