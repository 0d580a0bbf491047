import type { EditTarget } from '../../engine/drawer/drawerEdit.ts';
import { inWords } from '../../engine/drawer/drawerEdit.ts';
import type { StoryClock } from '../../engine/state/story.ts';
import type { Activity, Settings } from '../../engine/world.ts';
import { doesIn } from '../embeds/drawer/sceneTab.ts';
import { settingIn } from '../embeds/drawer/settingsTab.ts';
import { clockTime } from '../embeds/sceneCard.ts';
import type { DrawerContext } from './tab.ts';

/** What stands there now, for whoever was about to change what stood there before. */
export function nowInWords(context: DrawerContext, target: EditTarget): string {
  const { troupe, where, by, texts } = context;
  const story = troupe.world.storyOf(where.chat);
  const value = troupe.drawerEdits.value(where.chat, target, { by });
  const { drawer: words, world } = texts;
  switch (target.kind) {
    case 'activity':
      return doesIn({ ...(value as Activity), status: 'awake' }, texts) || words.nothing;
    case 'presence': {
      const [isPresent, status] = value as [boolean, Activity['status']];
      return isPresent ? words.status[status] : words.hasLeft;
    }
    case 'clock': {
      const clock = value as StoryClock;
      return [clockTime(clock, world.time), clock.anchor].filter(Boolean).join(' · ');
    }
    case 'setting':
      return settingIn(target.setting, { [target.setting]: value } as unknown as Settings, texts);
    default:
      return inWords(story, target, value) || words.nothing;
  }
}
