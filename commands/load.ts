import { ApplicationCommandOptionType, escapeMarkdown, MessageFlags } from 'discord.js';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { branchThereRow } from '../src/discord/components/branchThere.ts';
import { standingOf } from '../src/discord/standing.ts';
import { tellMove } from '../src/discord/tellMove.ts';
import { refusalsFor, textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';
import { Refusal } from '../src/engine/refusal.ts';

/** Takes the story to a point that was kept. */
export const load = {
  group: 'travel',
  data: {
    name: 'load',
    description: 'Take the story to a point that was kept',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'Which point',
        required: true,
        autocomplete: true,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    const name = interaction.options.getString('name', true).trim();
    const traveller = { by: standingOf(interaction), command: interaction.id };
    const texts = textsFor(interaction.locale);
    const moved = await troupe.travel.load(chat, name, traveller).catch((error) => {
      if (error instanceof Refusal && error.code === 'save-elsewhere') return null;
      throw error;
    });
    if (moved === null) {
      const content = refusalsFor(interaction.locale)['save-elsewhere']({});
      const at = troupe.travel.savedAt(chat, name) ?? '';
      await interaction.editReply({ content, components: [branchThereRow(chat, at, texts)] });
      return;
    }
    await interaction.editReply(texts.travel.load.done);
    const { told } = textsFor(interaction.guildLocale).travel.load;
    await tellMove(interaction, chat, moved, told(interaction.user.id, escapeMarkdown(name)));
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const typed = interaction.options.getFocused();
    const names = here === null ? [] : troupe.travel.saves(here.chat, typed);
    await respondWith(
      interaction,
      names.map((name) => ({ name, value: name })),
    );
  },
} as const satisfies Command;
