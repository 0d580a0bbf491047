import { z } from 'zod';
import { anyGone, SOMEONE, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { selfPortrait } from '../persona.ts';
import { withPlace } from '../presence.ts';
import { bareSheet, exampleSheet, sheet, upcastSheet } from '../sheet.ts';

/** A character enters with the sheet that it plays here; a person with the name that the story knows. */
export const entityEntered = defineEvent({
  type: 'EntityEntered',
  schema: 2,
  scope: 'opens',
  mends: true,
  payload: z.object({
    entity: entityId,
    name: z.string().min(1),
    sheet: sheet.nullable(),
    revision: z.int().min(1).nullable(),
    /** What a person says of themselves; left out where nothing about that is new. */
    persona: selfPortrait.nullable().optional(),
  }),
  example: { entity: 'character:mira', name: 'Mira', sheet: exampleSheet, revision: 1 },
  upcasts: [upcastSheet],
  evolve: (story, { entity, name, sheet, revision, persona }) => {
    const before = story.cast[entity];
    const resetAt = before?.resetAt ?? null;
    const told = persona === undefined ? (before?.persona ?? null) : persona;
    const member = { entity, name, sheet, revision, persona: told, present: true, resetAt };
    const entered = { ...story, cast: { ...story.cast, [entity]: member } };
    // Who is there already goes by another name or sheet, and stays where they are.
    return before?.present ? entered : withPlace(entered, [entity], story.at);
  },
  label: ({ name }) => `${name} comes in`,
  blank: ({ name, persona, sheet, ...entered }, { said, made }) => {
    const going = sheet !== null && made(entered.entity);
    const told = persona && anyGone([persona.description, persona.pronouns], said);
    return {
      ...entered,
      name: sheet === null ? unless(name, said, SOMEONE) : name,
      sheet: sheet !== null && going ? bareSheet(sheet) : sheet,
      ...(persona === undefined ? {} : { persona: told ? null : persona }),
    };
  },
});
