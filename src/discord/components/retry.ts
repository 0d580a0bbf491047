import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { requireStory } from '../requireStory.ts';
import { standingOf } from '../standing.ts';
import type { Texts } from '../texts.ts';

/** Asks again for a reply that failed; the card goes when the reply begins. */
export const retry = defineComponent({
  name: 'retry',
  args: z.tuple([chatId]),
  async execute(interaction, [chat], { troupe, stage }) {
    await interaction.deferUpdate();
    requireStory(troupe, interaction.channelId, chat);
    await troupe.retry(interaction.channelId, interaction.id, standingOf(interaction));
    await stage.removeCard(interaction.channelId);
  },
});

export const retryRow = (chat: string, { retry: words }: Texts) =>
  buttonRow(button('Primary', words.button, customId(retry.name, chat)));
