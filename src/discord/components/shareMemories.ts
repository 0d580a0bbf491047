import { z } from 'zod';
import { entityId } from '../../engine/ids.ts';
import { defineComponent } from '../component.ts';
import { SHARE_MEMORIES } from '../embeds/characterCard.ts';
import { tellSharing } from '../tellSharing.ts';

/** Lets a character's stories meet in its mind, or keeps them apart; everyone there is told. */
export const shareMemories = defineComponent({
  name: SHARE_MEMORIES,
  args: z.tuple([z.literal('character'), z.string(), z.enum(['shared', 'apart'])]),
  async execute(interaction, [kind, name, asked], bot) {
    await interaction.deferUpdate();
    await tellSharing(interaction, bot, entityId.parse(`${kind}:${name}`), asked === 'shared');
  },
});
