import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { buttonCommand } from '../buttonCommand.ts';
import { button } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { standingOf } from '../standing.ts';
import type { Texts } from '../texts.ts';

/** Has the character go on where its reply was cut short. */
export const goOn = defineComponent({
  name: 'go-on',
  args: z.tuple([chatId, nodeId, z.string()]),
  ofStory: true,
  async execute(interaction, [, node], { troupe }) {
    await interaction.deferUpdate();
    await troupe.goOn(
      interaction.channelId,
      buttonCommand(interaction),
      standingOf(interaction),
      node,
    );
  },
});

export const goOnButton = (
  { chat, node }: { readonly chat: string; readonly node: string },
  version: number,
  texts: Texts,
) => button('Secondary', texts.goOn.button, customId(goOn.name, chat, node, String(version)));
