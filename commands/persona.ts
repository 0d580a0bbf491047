import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  escapeMarkdown,
  MessageFlags,
} from 'discord.js';
import type { Troupe } from '../src/app/troupe.ts';
import type { Command } from '../src/discord/command.ts';
import { setPersonaRow } from '../src/discord/components/setPersona.ts';
import { personaCard } from '../src/discord/embeds/personaCard.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { personaForm } from '../src/discord/modals/persona.ts';
import { textsFor } from '../src/discord/texts.ts';
import { nameOf, storyHere } from '../src/discord/viewerOf.ts';

const { Subcommand } = ApplicationCommandOptionType;
const here = {
  type: ApplicationCommandOptionType.Boolean as const,
  name: 'here',
  description: 'For the story in this channel only',
};

/** How someone appears in stories: their own to say, and to see. */
export const persona = {
  group: 'people',
  data: {
    name: 'persona',
    description: 'How you appear in stories',
    options: [
      {
        type: Subcommand,
        name: 'set',
        description: 'Your name, pronouns and description',
        options: [here],
      },
      { type: Subcommand, name: 'show', description: 'How you appear', options: [here] },
      {
        type: Subcommand,
        name: 'clear',
        description: 'Appear by your Discord name again',
        options: [here],
      },
    ],
  },

  async execute(interaction, { troupe }) {
    const texts = textsFor(interaction.locale);
    const of = personaOf(interaction, troupe);
    const name = nameOf(interaction);
    const now = troupe.personas.of(of);
    const command = interaction.options.getSubcommand();
    if (command === 'set') {
      await interaction.showModal(personaForm(of.chat, now, name, texts));
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    if (command === 'show') {
      await interaction.editReply({
        embeds: [personaCard(now, escapeMarkdown(name), of.chat, texts)],
        components: [setPersonaRow(of.chat, texts.persona.button)],
      });
      return;
    }
    troupe.personas.set(of, null, interaction.id);
    await interaction.editReply(
      texts.persona.cleared(escapeMarkdown(troupe.personas.nameIn(of, name))),
    );
  },
} as const satisfies Command;

/** @throws {Refusal} `no-story-here` where it is asked for one. */
function personaOf(interaction: ChatInputCommandInteraction, troupe: Troupe) {
  const only = interaction.options.getBoolean('here') ?? false;
  return {
    home: homeOf(interaction),
    person: `user:${interaction.user.id}`,
    chat: only ? storyHere(troupe, interaction.channelId).chat : null,
  };
}
