import { z } from 'zod';
import { type EntityId, entityId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { homeOf } from '../homeOf.ts';
import { type Texts, textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';
import { keep } from './keep.ts';

/** Retires a character: it plays on where it plays. */
export const retire = defineComponent({
  name: 'retire',
  args: z.tuple([z.literal('character'), z.string()]),
  async execute(interaction, [kind, name], { troupe: { casting } }) {
    await interaction.deferUpdate();
    const character = entityId.parse(`${kind}:${name}`);
    const home = homeOf(interaction);
    casting.retire(home, character, askedBy(interaction));
    const { sheet } = casting.character(home, character);
    const { done } = textsFor(interaction.locale).characters.retiring;
    await interaction.editReply({ content: done(sheet.name), components: [] });
  },
});

/** The safe one first. */
export const retireQuestion = (
  character: EntityId,
  name: string,
  { characters: words, travel }: Texts,
) => ({
  content: words.retiring.question(name),
  embeds: [],
  attachments: [],
  components: [
    buttonRow(
      button('Secondary', travel.cancel, customId(keep.name)),
      button('Danger', words.retire, customId(retire.name, character)),
    ),
  ],
});
