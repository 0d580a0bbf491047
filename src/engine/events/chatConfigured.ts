import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { settings, withoutTexts } from '../world.ts';

/** What it does not name stays as it was. */
export const chatConfigured = defineEvent({
  type: 'ChatConfigured',
  schema: 1,
  scope: 'frame',
  payload: z.object({ settings: settings.partial() }),
  example: { settings: { answers: 'everyone' } },
  evolve: (frame, { settings }) => ({ ...frame, settings: { ...frame.settings, ...settings } }),
  label: () => 'Settings of the story were changed',
  blank: ({ settings }, { said }) => ({ settings: withoutTexts(settings, said) }),
});
