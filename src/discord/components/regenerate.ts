import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { button } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import type { Texts } from '../texts.ts';

/** Has the newest reply told anew, in the same messages. */
export const regenerate = defineComponent({
  name: 'anew-reply',
  args: z.tuple([chatId, nodeId, z.string()]),
  ofStory: true,
  async execute(interaction, [, node], { troupe }) {
    await interaction.deferUpdate();
    await troupe.regenerate({
      channel: interaction.channelId,
      command: buttonCommand(interaction),
      by: standingOf(interaction),
      node,
      newest: true,
      note: null,
      text: null,
    });
  },
});

export const regenerateButton = (
  { chat, node }: { readonly chat: string; readonly node: string },
  version: number,
  texts: Texts,
) =>
  button(
    'Secondary',
    texts.variants.regenerate.button,
    customId(regenerate.name, chat, node, String(version)),
  );
