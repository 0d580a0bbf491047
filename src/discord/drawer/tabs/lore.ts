import { loreTab } from '../../embeds/drawer/loreTab.ts';
import { aboutOf, defineTab } from '../tab.ts';

export const lore = defineTab({
  tab: 'lore',
  show: (context) => {
    const { troupe, where, view, texts } = context;
    return { embeds: [loreTab(troupe.drawer.lore(where.chat, view), aboutOf(context), texts)] };
  },
});
