import type { APIButtonComponentWithCustomId } from 'discord.js';
import { markOf } from '../../engine/drawer/mark.ts';
import { button } from '../buttons.ts';
import type { Action } from './action.ts';
import type { DrawerContext } from './tab.ts';
import { type Where, whereId } from './where.ts';

export const DRAWER = 'dw';
export const DRAWER_EDIT = 'dwe';
export const DRAWER_PIN = 'dwp';
export const DRAWER_SEARCH = 'dws';

/** Opens another part of the drawer. @param via tells two ways to the same place apart */
export const way = (label: string, where: Where, via: string): APIButtonComponentWithCustomId =>
  button('Secondary', label.slice(0, 80), whereId(DRAWER, where, via));

/**
 * The buttons that change what is shown, each naming the value that it was drawn at; none for who may
 * not. What takes something away is red.
 */
export function edits(
  context: DrawerContext,
  ...asked: readonly (Action | null)[]
): APIButtonComponentWithCustomId[] {
  const { troupe, where, by, texts } = context;
  if (!context.mayEdit) return [];
  return asked.flatMap((action) => {
    const target = action?.target(context) ?? null;
    if (action === null || target === null) return [];
    const value = troupe.drawerEdits.value(where.chat, target, { by });
    const label = texts.drawerUi.actions[action.label];
    const danger = action.code === 'mf' || action.code === 'fg';
    // There is no room for where the list was read; the edit comes back to what it is about.
    const here = { ...where, page: '', words: '' };
    const id = whereId(DRAWER_EDIT, here, action.code, drawnAt(context, value));
    return {
      ...button(danger ? 'Danger' : 'Secondary', action.form ? `${label} …` : label, id),
      disabled: action.isOver?.(value) ?? false,
    };
  });
}

/**
 * The value that a button was drawn at, by its mark, and the version of the story: pressed twice it is one
 * command, and the same choice made later, with the same value there again, is another.
 */
export const drawnAt = ({ troupe, where }: DrawerContext, value: unknown): string =>
  `${markOf(value)}.${troupe.drawerEdits.version(where.chat).toString(36)}`;
