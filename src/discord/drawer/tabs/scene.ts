import { button } from '../../buttons.ts';
import { sceneTab } from '../../embeds/drawer/sceneTab.ts';
import { closeScene, openScene, time, weather } from '../actions/scene.ts';
import { DRAWER_PIN, edits } from '../buttonsOf.ts';
import { refOf } from '../subject.ts';
import { aboutOf, defineTab } from '../tab.ts';
import { whereId } from '../where.ts';

export const scene = defineTab({
  tab: 'scene',
  show(context) {
    const { troupe, where, view, texts, channel } = context;
    const seen = troupe.drawer.scene(where.chat, view);
    const members = [...seen.here, ...seen.near, ...seen.others];
    const pinned = troupe.panels.in(channel)?.chat === where.chat;
    const { pin, unpin, pick } = texts.drawerUi;
    return {
      embeds: [sceneTab(seen, aboutOf(context), texts)],
      placeholder: pick.someone,
      options: members
        .slice(0, 25)
        .map(({ entity, name }) => ({ label: name, of: refOf(entity), tab: 'cast' })),
      edits: [edits(context, time, weather, seen.isOpen ? closeScene : openScene)],
      more: context.mayEdit
        ? [
            button(
              'Secondary',
              pinned ? unpin : pin,
              whereId(DRAWER_PIN, where, pinned ? 'n' : 'y'),
            ),
          ]
        : [],
    };
  },
});
