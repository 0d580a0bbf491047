import type { MessageComponentInteraction } from 'discord.js';
import { z } from 'zod';
import { snowflake } from '../../engine/ids.ts';
import type { Bot } from '../bot.ts';
import { defineComponent } from '../component.ts';
import { draftCard, SHEET_STEP, steps } from '../embeds/draftCard.ts';
import { showCharacter } from '../showCharacter.ts';
import { textsFor } from '../texts.ts';
import { askedBy, nameOf } from '../viewerOf.ts';

/** Goes on with a character that is being written, keeps it, or throws it away. */
export const sheetStep = defineComponent({
  name: SHEET_STEP,
  args: z.tuple([snowflake, z.enum(steps)]),
  async execute(interaction, [id, step], bot) {
    await interaction.deferUpdate();
    const { casting } = bot.troupe;
    const asked = askedBy(interaction);
    const { person } = asked.by;
    const { characters: words } = textsFor(interaction.locale);
    switch (step) {
      case 'done':
        return keep(interaction, id, bot);
      case 'discard':
        casting.discard(id, person);
        await interaction.editReply({
          content: words.discarded,
          embeds: [],
          attachments: [],
          components: [],
        });
        return;
      case 'adult':
        casting.fill(id, person, { adult: casting.draft(id, person).sheet.adult !== true });
        break;
      case 'edit':
        break;
    }
    const draft = casting.draft(id, person);
    const view = { id, draft, picture: casting.pictureOf(draft), viewer: nameOf(interaction) };
    await interaction.editReply(draftCard(view, textsFor(interaction.locale)));
  },
});

async function keep(interaction: MessageComponentInteraction, id: string, bot: Bot) {
  const { casting } = bot.troupe;
  const asked = askedBy(interaction);
  const isNew = casting.draft(id, asked.by.person).character === null;
  const character = casting.confirm(id, asked);
  const { characters: words } = textsFor(interaction.locale);
  const card = showCharacter(interaction, bot, character);
  const { name } = casting.character(card.home, character).sheet;
  const content = isNew ? words.written(name) : words.rewritten(name);
  await interaction.editReply({ ...card.message, content });
}
