import { ApplicationCommandOptionType } from 'discord.js';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { resetForm } from '../src/discord/modals/reset.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';
import { Refusal } from '../src/engine/refusal.ts';

/** Has a character begin anew, once its name is typed. */
export const reset = {
  group: 'travel',
  data: {
    name: 'reset',
    description: 'Have a character begin anew, as if nothing had happened',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'character',
        description: 'Who begins anew',
        required: true,
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    const { chat } = storyHere(troupe, interaction.channelId);
    troupe.rights.demand('reset', standingOf(interaction), chat);
    const asked = interaction.options.getString('character', true).trim().toLowerCase();
    const all = troupe.travel.resettable(chat);
    const found = all.find(
      ({ character, name }) => character === asked || name.toLowerCase() === asked,
    );
    if (found === undefined) throw new Refusal('unknown-entity');
    await interaction.showModal(
      resetForm(chat, found, all.length === 1, textsFor(interaction.locale)),
    );
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const typed = interaction.options.getFocused().toLowerCase();
    const all = here === null ? [] : troupe.travel.resettable(here.chat);
    const choices = all.map(({ character, name }) => ({ name, value: character }));
    await respondWith(
      interaction,
      choices.filter(({ name }) => name.toLowerCase().includes(typed)),
    );
  },
} as const satisfies Command;
