import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { branchOff } from '../src/discord/branchOff.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { nodeId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';

/** A story that shares this one's up to a point, in a thread of its own. */
export const branch = {
  group: 'travel',
  data: {
    name: 'branch',
    description: 'Tell it another way from some point on, in a thread of its own',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'at',
        description:
          'After which words or saved point; where the story stands, if you leave it out',
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, bot) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const at = nodeId.nullable().safeParse(interaction.options.getString('at'));
    if (!at.success) throw new Refusal('out-of-date');
    await branchOff(interaction, bot, at.data);
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const { person } = standingOf(interaction);
    const asked = interaction.options.getFocused().toLowerCase();
    const { point } = textsFor(interaction.locale).chats;
    const points = here === null ? [] : troupe.reading.points(here.chat, person);
    const choices = points.map(({ node, name, text }) => ({
      name: point(name, text),
      value: node,
    }));
    await respondWith(
      interaction,
      choices.filter(({ name }) => name.toLowerCase().includes(asked)),
    );
  },
} as const satisfies Command;
