import { type APIEmbed, ComponentType } from 'discord.js';
import type { Settings } from '../../engine/world.ts';
import { customId } from '../component.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

export const SETTINGS_MODE = 'set-answers';
export const SETTINGS_PART = 'set-part';
export const parts = ['note', 'instructions', 'sampling', 'budget'] as const;
export type Part = (typeof parts)[number];
export const modes = ['addressed', 'everyone', 'round', 'talkative'] as const;

/** How a story is set, and the ways to change it. */
export function settingsCard(chat: string, name: string, settings: Settings, texts: Texts) {
  const words = texts.chats.settings;
  const { answers, authorsNote, instructions, sampling, budget } = settings;
  const values: Record<Part, string> = {
    note: authorsNote === null ? words.none : words.noteAt(authorsNote.depth, authorsNote.text),
    instructions: instructions ?? words.none,
    sampling: sampling === null ? words.none : sampled(sampling),
    budget: budget === null ? words.none : words.budgetIs(budget.soft, budget.hard),
  };
  const embed: APIEmbed = {
    color: ACCENT,
    title: words.title(name),
    fields: [
      { name: words.answers, value: words.modes[answers] },
      ...parts.map((part) => ({ name: words[part], value: values[part].slice(0, 1_024) })),
    ],
  };
  const mode = {
    type: ComponentType.StringSelect as const,
    custom_id: customId(SETTINGS_MODE, chat),
    options: modes.map((value) => ({
      label: words.modes[value],
      value,
      default: value === answers,
    })),
  };
  const part = {
    type: ComponentType.StringSelect as const,
    custom_id: customId(SETTINGS_PART, chat),
    placeholder: words.edit,
    options: parts.map((value) => ({ label: words[value], value })),
  };
  const row = (select: typeof mode | typeof part) => ({
    type: ComponentType.ActionRow as const,
    components: [select],
  });
  return { embeds: [embed], components: [row(mode), row(part)] };
}

const sampled = (sampling: NonNullable<Settings['sampling']>): string =>
  Object.entries(sampling)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' | ') : value}`)
    .join(', ');
