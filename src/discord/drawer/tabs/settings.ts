import { settingsTab } from '../../embeds/drawer/settingsTab.ts';
import { answers, instructions, note, sampling } from '../actions/settings.ts';
import { edits } from '../buttonsOf.ts';
import { aboutOf, defineTab } from '../tab.ts';

export const settings = defineTab({
  tab: 'settings',
  show(context) {
    const { troupe, where, view, texts } = context;
    const seen = troupe.drawer.settings(where.chat, view);
    return {
      embeds: [settingsTab(seen, aboutOf(context), texts)],
      edits: [edits(context, answers, note, instructions, sampling)],
    };
  },
});
