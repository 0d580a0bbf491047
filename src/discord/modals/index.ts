/** Every form. One is its own file and a line in this list. */
import { remember } from './remember.ts';
import { reset } from './reset.ts';
import { reword } from './reword.ts';
import { settings } from './settings.ts';
import { sheet } from './sheet.ts';

export const modals = [remember, reset, reword, settings, sheet] as const;
