import { z } from 'zod';
import { snowflake } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { parts, SHEET_PART } from '../embeds/draftCard.ts';
import { sheetForm } from '../modals/sheet.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Opens the form for a part of a character that is being written. */
export const sheetPart = defineComponent({
  name: SHEET_PART,
  args: z.tuple([snowflake, z.enum(parts)]),
  async execute(interaction, [id, part], { troupe }) {
    const draft = troupe.casting.draft(id, standingOf(interaction).person);
    await interaction.showModal(sheetForm(id, part, draft, textsFor(interaction.locale)));
  },
});
