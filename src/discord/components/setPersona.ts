import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { homeOf } from '../homeOf.ts';
import { EVERYWHERE, personaForm } from '../modals/persona.ts';
import { textsFor } from '../texts.ts';
import { nameOf } from '../viewerOf.ts';

/** Opens the form of one's own persona. */
export const setPersona = defineComponent({
  name: 'set-persona',
  args: z.tuple([z.union([chatId, z.literal(EVERYWHERE)])]),
  async execute(interaction, [where], { troupe }) {
    const chat = where === EVERYWHERE ? null : where;
    const of = { home: homeOf(interaction), person: `user:${interaction.user.id}`, chat };
    const now = troupe.personas.of(of);
    await interaction.showModal(
      personaForm(chat, now, nameOf(interaction), textsFor(interaction.locale)),
    );
  },
});

export const setPersonaRow = (chat: string | null, text: string) =>
  buttonRow(button('Secondary', text, customId(setPersona.name, chat ?? EVERYWHERE)));
