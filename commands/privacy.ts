import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { eraseForm } from '../src/discord/modals/erase.ts';
import { textsFor } from '../src/discord/texts.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

/** What is stored about whoever asks: in a server of that server, in direct messages of everywhere. */
export const privacy = {
  group: 'people',
  data: {
    name: 'privacy',
    description: 'What is stored about you: have it as a file, or erase it',
    options: [
      { type: Subcommand, name: 'export', description: 'All that is stored about you, as a file' },
      {
        type: Subcommand,
        name: 'erase',
        description: 'Erase what is yours for good; you are told first what goes and what stays',
        options: [
          {
            type: Text,
            name: 'characters',
            description:
              'What becomes of characters and lorebooks you made; they stay if you leave it out',
            choices: [
              { name: 'stay, without my name', value: 'keep' },
              { name: 'go, too', value: 'remove' },
            ],
          },
        ],
      },
    ],
  },

  async execute(interaction, { troupe }) {
    const texts = textsFor(interaction.locale);
    const everywhere = interaction.guildId === null;
    if (interaction.options.getSubcommand() === 'erase') {
      const works = interaction.options.getString('characters') === 'remove' ? 'remove' : 'keep';
      await interaction.showModal(eraseForm(works, everywhere, texts));
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const home = everywhere ? null : homeOf(interaction);
    // Room for what a request holds besides its file.
    const limit = interaction.attachmentSizeLimit - 64 * 1_024;
    const files = await troupe.privacy.export(`user:${interaction.user.id}`, home, limit);
    for (const [index, text] of files.entries()) {
      const name = files.length === 1 ? 'you.json' : `you-${index + 1}.json`;
      const message = { files: [{ name, attachment: Buffer.from(text) }] };
      if (index === 0) {
        await interaction.editReply({
          content: texts.privacy.export.given(everywhere),
          ...message,
        });
      } else await interaction.followUp({ ...message, flags: MessageFlags.Ephemeral });
    }
  },
} as const satisfies Command;
