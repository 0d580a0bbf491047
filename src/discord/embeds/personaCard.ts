import type { APIEmbed } from 'discord.js';
import type { Persona } from '../../engine/persona.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

/** A description holds 4,096 characters. */
const DESCRIPTION = 4_000;

/** @param name what they go by where nothing else was said @param chat the story that it is for; null for all */
export function personaCard(
  persona: Persona | null,
  name: string,
  chat: string | null,
  { persona: words }: Texts,
): APIEmbed {
  const footer = { text: chat === null ? words.everywhere : words.onlyHere };
  if (persona === null) return { color: ACCENT, description: words.none(name), footer };
  return {
    color: ACCENT,
    author: { name: persona.name },
    ...(persona.description === ''
      ? {}
      : { description: persona.description.slice(0, DESCRIPTION) }),
    fields: persona.pronouns === '' ? [] : [{ name: words.pronouns, value: persona.pronouns }],
    footer,
  };
}
