import type { APIEmbed } from 'discord.js';
import type { SettingsTab } from '../../../app/drawer.ts';
import type { Settings } from '../../../engine/world.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, plain } from './fit.ts';

const SHOWN = ['answers', 'authorsNote', 'instructions', 'sampling', 'budget'] as const;

/** How the story is set. */
export function settingsTab(
  { settings, isFull }: SettingsTab,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words } = texts;
  const isHidden = (setting: keyof Settings) =>
    !isFull && (setting === 'authorsNote' || setting === 'instructions');
  const fields = SHOWN.map((setting) => ({
    name: settingName(setting, texts),
    value: isHidden(setting)
      ? words.ownersOnly
      : plain(settingIn(setting, settings, texts), LIMITS.value),
  }));
  return tabCard(about, words.tabs.settings, { fields }, texts);
}

export const settingName = (setting: keyof Settings, { chats, drawer }: Texts): string => {
  const { settings: set } = chats;
  return {
    answers: set.answers,
    authorsNote: set.note,
    instructions: set.instructions,
    frame: drawer.frame,
    sampling: set.sampling,
    budget: set.budget,
    books: drawer.tabs.lore,
  }[setting];
};

/** A setting as it was written, in words. */
export function settingIn(
  setting: keyof Settings,
  settings: Settings,
  { chats, drawer }: Texts,
): string {
  const set = chats.settings;
  switch (setting) {
    case 'answers':
      return set.modes[settings.answers];
    case 'authorsNote': {
      const { authorsNote: note } = settings;
      return note === null ? set.none : set.noteAt(note.depth, note.text);
    }
    case 'sampling':
      return (settings.sampling && sampled(settings.sampling, drawer.sampled)) || set.none;
    case 'budget': {
      const { budget } = settings;
      return budget === null ? set.none : set.budgetIs(budget.soft, budget.hard);
    }
    case 'books':
      return String(settings.books.length);
    default:
      return settings[setting] ?? set.none;
  }
}

const sampled = (sampling: NonNullable<Settings['sampling']>, names: Texts['drawer']['sampled']) =>
  Object.entries(sampling)
    .map(([name, value]) => {
      const told = Array.isArray(value) ? value.join(' | ') : value;
      return `${names[name as keyof typeof names]} ${told}`;
    })
    .join(', ');
