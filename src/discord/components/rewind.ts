import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import { tellMove } from '../tellMove.ts';
import { type Texts, textsFor } from '../texts.ts';
import { keep } from './keep.ts';

/** Confirms a rewind. The card names how many messages go, for the line that everyone reads. */
export const rewind = defineComponent({
  name: 'rewind',
  args: z.tuple([chatId, nodeId, z.string().regex(/^\d{1,7}$/)]),
  ofStory: true,
  async execute(interaction, [chat, to, turns], { troupe }) {
    await interaction.deferUpdate();
    const traveller = { by: standingOf(interaction), command: buttonCommand(interaction) };
    const moved = await troupe.travel.rewind(chat, to, traveller);
    const { rewind: words } = textsFor(interaction.locale).travel;
    await interaction.editReply({ content: words.done, embeds: [], components: [] });
    const { travel } = textsFor(interaction.guildLocale);
    const line = travel.rewind.told(interaction.user.id, Number(turns));
    await tellMove(interaction, chat, moved, line);
  },
});

/** The safe one first. */
export const rewindRow = (chat: string, to: string, turns: number, { travel }: Texts) =>
  buttonRow(
    button('Secondary', travel.cancel, customId(keep.name)),
    button('Danger', travel.rewind.confirm, customId(rewind.name, chat, to, String(turns))),
  );
