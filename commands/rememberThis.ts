import { ApplicationCommandType } from 'discord.js';
import type { MessageMenu } from '../src/discord/command.ts';
import { rememberForm } from '../src/discord/modals/remember.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Has the characters who witnessed a message remember it, in words of one's own. */
export const rememberThis = {
  data: { type: ApplicationCommandType.Message, name: 'Remember this' },

  async execute(interaction, { troupe }) {
    const { chat } = storyHere(troupe, interaction.channelId);
    troupe.rights.demand('edit-state', standingOf(interaction), chat);
    const words = troupe.words.quote(chat, interaction.targetId);
    const texts = textsFor(interaction.locale);
    await interaction.showModal(rememberForm(chat, interaction.targetId, words, texts));
  },
} as const satisfies MessageMenu;
