import type { Standing } from '../../src/engine/rights.ts';

/** Someone with a role and no permission, or with more. */
export const standing = (person: string, more: Partial<Standing> = {}): Standing => ({
  person,
  managesChannels: false,
  managesServer: false,
  roles: ['9'],
  ...more,
});
