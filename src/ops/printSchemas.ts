/** `npm run schemas`: every kind of event as JSON Schema, with an example that passes. */
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { kinds } from '../engine/events/index.ts';
import { kickoffCard } from '../engine/kickoff/kickoffCard.ts';
import { persona } from '../engine/persona.ts';
import { exampleSheet, sheet } from '../engine/sheet.ts';
import { defaultSettings, settings } from '../engine/world.ts';

/** What people and files hand in, besides events. */
const boundaries = {
  Sheet: { schema: sheet, example: exampleSheet },
  Persona: { schema: persona, example: { name: 'Ann', pronouns: 'she/her', description: '' } },
  Settings: { schema: settings, example: defaultSettings },
  KickoffCard: {
    schema: kickoffCard,
    example: {
      character: 'character:mira',
      revision: 1,
      kickoff: exampleSheet.kickoff,
      place: exampleSheet.place,
      time: exampleSheet.time,
      greeting: exampleSheet.greeting,
    },
  },
};

export const schemas = () => ({
  events: Object.fromEntries(
    kinds.map(({ type, schema, scope, payload, example }) => [
      type,
      { schema, scope, payload: z.toJSONSchema(payload), example },
    ]),
  ),
  boundaries: Object.fromEntries(
    Object.entries(boundaries).map(([name, { schema, example }]) => [
      name,
      { schema: z.toJSONSchema(schema), example },
    ]),
  ),
});

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(schemas(), null, 2));
}
