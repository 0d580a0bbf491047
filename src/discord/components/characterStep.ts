import { z } from 'zod';
import { entityId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { CHARACTER_STEP, characterSteps } from '../embeds/characterCard.ts';
import { draftCard } from '../embeds/draftCard.ts';
import { homeOf } from '../homeOf.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';
import { nameOf } from '../viewerOf.ts';
import { retireQuestion } from './retire.ts';

/** Rewrites a character from its card, or asks whether it is to be retired. */
export const characterStep = defineComponent({
  name: CHARACTER_STEP,
  // An entity's id has a colon of its own.
  args: z
    .tuple([z.string(), z.string(), z.enum(characterSteps)])
    .refine(([kind, id]) => entityId.safeParse(`${kind}:${id}`).success),
  async execute(interaction, [kind, name, step], { troupe: { casting } }) {
    await interaction.deferUpdate();
    const by = standingOf(interaction);
    const home = homeOf(interaction);
    const texts = textsFor(interaction.locale);
    const character = `${kind}:${name}`;
    if (step === 'retire') {
      const { sheet } = casting.character(home, character);
      await interaction.editReply(retireQuestion(character, sheet.name, texts));
      return;
    }
    const { id, draft } = casting.open(interaction.id, home, character, by);
    const view = { id, draft, picture: casting.pictureOf(draft), viewer: nameOf(interaction) };
    await interaction.editReply({ ...draftCard(view, texts), content: '' });
  },
});
