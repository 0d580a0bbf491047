import { escapeMarkdown } from 'discord.js';
import { z } from 'zod';
import { chatId, entityId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { NEW_SHEET } from '../embeds/characterCard.ts';
import { homeOf } from '../homeOf.ts';
import { showCharacter } from '../showCharacter.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';
import { takeBackRow } from './takeBack.ts';

/** Has a character of the story play by its newest version, and says so to everyone there. */
export const newSheet = defineComponent({
  name: NEW_SHEET,
  args: z.tuple([chatId, z.literal('character'), z.string()]),
  ofStory: true,
  async execute(interaction, [chat, kind, name], bot) {
    await interaction.deferUpdate();
    const character = entityId.parse(`${kind}:${name}`);
    const { casting, rules } = bot.troupe;
    const home = homeOf(interaction);
    // It may have been marked for adults since it came here.
    await rules.admit(home, interaction.channelId, casting.character(home, character).sheet);
    const { node, story } = await bot.troupe.world.newSheet(chat, character, askedBy(interaction));
    await interaction.editReply(showCharacter(interaction, bot, character).message);
    const { characters: words, world } = textsFor(interaction.guildLocale);
    await interaction.followUp({
      content: words.show.usedHere(
        interaction.user.id,
        escapeMarkdown(story.cast[character]?.name ?? ''),
      ),
      components: [takeBackRow(chat, node, world.undo)],
      allowedMentions: { parse: [] },
    });
  },
});
