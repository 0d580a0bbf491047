import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { type Texts, textsFor } from '../texts.ts';
import { askedBy, storyHere } from '../viewerOf.ts';
import { keepButton } from './keep.ts';

/** Puts the channel's story away, and says so to everyone there. */
export const putAway = defineComponent({
  name: 'put-away',
  args: z.tuple([chatId]),
  ofStory: true,
  async execute(interaction, [chat], { troupe }) {
    await interaction.deferUpdate();
    const { name } = storyHere(troupe, interaction.channelId);
    await troupe.storylines.archive(chat, askedBy(interaction));
    const { archive } = textsFor(interaction.locale).chats;
    await interaction.editReply({ content: archive.done, components: [] });
    await interaction.followUp({
      content: textsFor(interaction.guildLocale).chats.archived(interaction.user.id, name),
      allowedMentions: { parse: [] },
    });
  },
});

/** The safe one first. */
export const putAwayRow = (chat: string, texts: Texts) =>
  buttonRow(
    keepButton(texts),
    button('Danger', texts.chats.archive.button, customId(putAway.name, chat)),
  );
