import type { Right } from '../../../engine/rights.ts';
import type * as english from '../rights.ts';
import type { Worded } from '../worded.ts';

const deeds: Record<Right, string> = {
  speak: 'говорить в этой истории',
  start: 'начинать историю',
  regenerate: 'просить другой ответ',
  branch: 'ответвлять историю',
  rewind: 'переносить эту историю к другому моменту',
  reset: 'начинать персонажа заново',
  'edit-state': 'менять то, что есть в этой истории',
  'author-characters': 'писать персонажей',
  configure: 'менять настройки игры на этом сервере',
};

export const rightRefusals: Worded<typeof english.rightRefusals> = {
  'not-allowed': ({ right, by, owner }) => {
    const deed = deeds[right as Right];
    if (by === 'everyone') {
      return `Здесь только некоторые роли могут ${deed}. Попросите роль у того, кто может управлять сервером.`;
    }
    if (by === 'managers') {
      return `Право ${deed} есть только у тех, кто может управлять сервером. Попросите кого-то из них или роль, которой это можно.`;
    }
    const whose = owner
      ? `у <@${String(owner).replace('user:', '')}>, чья это история`
      : 'у владельца этой истории';
    return `Право ${deed} есть только ${whose}, и у тех, кто может управлять каналами. Попросите кого-то из них или роль, которой это можно.`;
  },
};
