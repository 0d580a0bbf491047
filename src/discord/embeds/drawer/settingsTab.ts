import type { APIEmbed } from 'discord.js';
import type { SettingsTab } from '../../../app/drawer.ts';
import type { Settings } from '../../../engine/world.ts';
import type { Texts } from '../../texts.ts';
import { type About, tabCard } from './about.ts';
import { LIMITS, plain } from './fit.ts';

/** How the story is set. */
export function settingsTab(
  { settings, isFull }: SettingsTab,
  about: About,
  texts: Texts,
): APIEmbed {
  const { drawer: words, chats } = texts;
  const set = chats.settings;
  const { answers, authorsNote, instructions, sampling, budget } = settings;
  const owners = (text: string | null) =>
    isFull ? (text === null ? set.none : plain(text, LIMITS.value)) : words.ownersOnly;
  const note = authorsNote && set.noteAt(authorsNote.depth, authorsNote.text);
  return tabCard(
    about,
    words.tabs.settings,
    {
      fields: [
        { name: set.answers, value: set.modes[answers] },
        { name: set.note, value: owners(note) },
        { name: set.instructions, value: owners(instructions) },
        { name: set.sampling, value: sampling === null ? set.none : sampled(sampling) || set.none },
        {
          name: set.budget,
          value: budget === null ? set.none : set.budgetIs(budget.soft, budget.hard),
        },
      ],
    },
    texts,
  );
}

const sampled = (sampling: NonNullable<Settings['sampling']>): string =>
  plain(
    Object.entries(sampling)
      .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' | ') : value}`)
      .join(', '),
    LIMITS.value,
  );
