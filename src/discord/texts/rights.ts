import type { Right } from '../../engine/rights.ts';

const deeds: Record<Right, string> = {
  speak: 'speak in this story',
  start: 'begin a story',
  regenerate: 'have a reply told anew',
  branch: 'branch a story off',
  rewind: 'take this story to another point',
  reset: 'have a character begin anew',
  'edit-state': 'change what this story holds',
  'author-characters': 'write characters',
  configure: 'change how this server plays',
};

/** What is missing, and who can give it. */
export const rightRefusals = {
  'not-allowed': ({ right, by, owner }: Readonly<Record<string, string | number>>) => {
    const deed = deeds[right as Right];
    if (by === 'everyone') {
      return `Only some roles may ${deed} here. Ask someone with "Manage Server" to give you one.`;
    }
    if (by === 'managers') {
      return `Only people with "Manage Server" may ${deed}. Ask one of them, or for a role that may.`;
    }
    const whose = owner
      ? `<@${String(owner).replace('user:', '')}>, whose story it is`
      : 'its owner';
    return `Only ${whose}, and people with "Manage Channels" may ${deed}. Ask one of them, or ask someone with "Manage Server" for a role that may.`;
  },
} as const;
