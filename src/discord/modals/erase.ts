import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import { customId } from '../customId.ts';
import { homeOf } from '../homeOf.ts';
import { defineModal } from '../modal.ts';
import { textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';

const WORD = 'word';
const LONGEST = 100;
/** Discord takes answers for 15 minutes. */
const ANSWERABLE = 14 * 60_000;

/** Whether the characters that someone made go, too. */
export const WORKS = ['keep', 'remove'] as const;
type Works = (typeof WORKS)[number];

/** Erases what is somebody's, once a word is typed: where they ask, or everywhere from direct messages. */
export const erase = defineModal({
  name: 'erase',
  args: z.tuple([z.enum(WORKS)]),
  async execute(interaction, [works], { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { privacy } = textsFor(interaction.locale);
    const typed = interaction.fields.getTextInputValue(WORD).trim().toLowerCase();
    const { word, begun, finished } = privacy.erase;
    if (typed !== word) throw new Refusal('word-not-typed', { word });
    const home = interaction.guildId === null ? null : homeOf(interaction);
    const erased = troupe.privacy.erase(`user:${interaction.user.id}`, home, works === 'remove');
    const [, isDone] = await Promise.all([interaction.editReply(begun), erased]);
    const isLate = Date.now() - interaction.createdTimestamp > ANSWERABLE;
    if (isDone && !isLate) await interaction.editReply(finished);
  },
});

/** @param everywhere whether it is asked for in direct messages */
export const eraseForm = (
  works: Works,
  everywhere: boolean,
  { privacy }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId(erase.name, works),
  title: privacy.erase.title,
  components: [
    {
      type: ComponentType.TextDisplay,
      content: privacy.erase.warning(everywhere, works === 'remove'),
    },
    textField({
      id: WORD,
      label: privacy.erase.label(privacy.erase.word),
      most: LONGEST,
      required: true,
    }),
  ],
});
