import type { PanelView } from '../../app/panels.ts';
import type { ChatId, EntityId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { sceneTab } from '../embeds/drawer/sceneTab.ts';
import type { Texts } from '../texts.ts';
import type { Outgoing } from '../voice.ts';
import { DRAWER, DRAWER_PIN } from './buttonsOf.ts';
import { type Where, whereId } from './where.ts';

/** A live panel. @param at seconds since 1970 */
export function panelMessage(
  chat: ChatId,
  { story, scene }: PanelView,
  by: EntityId,
  at: number,
  texts: Texts,
): Outgoing {
  const { panel, unpin } = texts.drawerUi;
  const where: Where = { chat, tab: 'scene', full: false, page: '', of: '', words: '' };
  return {
    content: panel.by(by.replace('user:', '')),
    embeds: [sceneTab(scene, { story, view: 'everyone', at }, texts)],
    components: [
      buttonRow(
        button('Secondary', panel.open, whereId(DRAWER, where, 'p')),
        button('Secondary', unpin, whereId(DRAWER_PIN, where, 'n')),
      ),
    ],
  };
}
