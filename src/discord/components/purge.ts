import { z } from 'zod';
import { chatId, snowflake } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** What becomes of a story whose messages were deleted by the dozen: its owner says. */
export const purge = defineComponent({
  name: 'purge',
  args: z.tuple([chatId, snowflake, z.enum(['remove', 'keep'])]),
  ofStory: true,
  async execute(interaction, [, id, choice], { troupe }) {
    await interaction.deferUpdate();
    const remove = choice === 'remove';
    const turns = await troupe.words.settlePurge(id, standingOf(interaction), remove);
    const { purge: words } = textsFor(interaction.guildLocale).words;
    const { id: user } = interaction.user;
    const content = remove ? words.removed(user, turns) : words.kept(user);
    await interaction.editReply({ content, components: [] });
  },
});

/** The safe one first. @param id names the deletion @param locale of the guild */
export const purgeRow = (chat: string, id: string, locale: string | null) => {
  const { purge: words } = textsFor(locale).words;
  return buttonRow(
    button('Secondary', words.keep, customId(purge.name, chat, id, 'keep')),
    button('Danger', words.remove, customId(purge.name, chat, id, 'remove')),
  );
};
