import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { nextCard } from '../src/discord/embeds/receiptCard.ts';
import { characterIn } from '../src/discord/entityOf.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere, textOption } from '../src/discord/viewerOf.ts';

/** What a character would see before its next reply. */
export const context = {
  group: 'world',
  data: {
    name: 'context',
    description: 'What a character would see before its next reply, and how much room it takes',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'of',
        description: 'Which character; the only one, if you leave it out',
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    const by = standingOf(interaction);
    troupe.rights.demand('edit-state', by, chat);
    const story = troupe.world.storyOf(chat);
    const character = characterIn(story, textOption(interaction, 'of'));
    const read = await troupe.nextReceipt(chat, character, by);
    await interaction.editReply({ embeds: [nextCard(read, textsFor(interaction.locale))] });
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const story = here === null ? null : troupe.world.storyOf(here.chat);
    const typed = interaction.options.getFocused().toLowerCase();
    const characters = Object.values(story?.cast ?? {}).filter(
      ({ sheet, name }) => sheet !== null && name.toLowerCase().includes(typed),
    );
    await respondWith(
      interaction,
      characters.map(({ entity, name }) => ({ name, value: entity })),
    );
  },
} as const satisfies Command;
