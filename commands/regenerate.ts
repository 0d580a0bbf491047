import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { rewordForm } from '../src/discord/modals/reword.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';

/** Has the newest reply told anew, with a wish for it, or after other words of one's own. */
export const regenerate = {
  group: 'travel',
  data: {
    name: 'regenerate',
    description: 'Have the newest reply told anew',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'note',
        description: 'What you want of it; nobody in the story hears of this',
        max_length: 500,
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'reword',
        description: 'Change your own last words first',
      },
    ],
  },

  async execute(interaction, { troupe }) {
    const { channelId: channel, user } = interaction;
    const texts = textsFor(interaction.locale);
    const here = troupe.storyIn(channel);
    const reword = interaction.options.getBoolean('reword') === true;
    const words = reword ? troupe.variants.wordsBefore(channel, `user:${user.id}`, null) : null;
    if (here !== null && words !== null) {
      await interaction.showModal(rewordForm(here.chat, words.node, words.text, texts));
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await troupe.regenerate({
      channel,
      command: interaction.id,
      by: standingOf(interaction),
      node: null,
      note: interaction.options.getString('note')?.trim() || null,
      text: null,
    });
    await interaction.editReply(texts.variants.regenerate.done);
  },
} as const satisfies Command;
