import { z } from 'zod';
import { chatId, nodeId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { requireStory } from '../requireStory.ts';
import { standingOf } from '../standing.ts';
import type { Texts } from '../texts.ts';

interface Reply {
  readonly chat: string;
  readonly node: string;
}

/** Ends the reply that is streaming, keeping what it said. */
export const stop = defineComponent({
  name: 'stop',
  args: z.tuple([chatId, nodeId, z.string()]),
  async execute(interaction, [chat, node], { troupe }) {
    await interaction.deferUpdate();
    requireStory(troupe, interaction.channelId, chat);
    troupe.stop(interaction.channelId, standingOf(interaction), node);
  },
});

/** Names the reply and its part, so that a message whose answer was lost is known by its button. */
const stopId = ({ chat, node }: Reply, part: number) =>
  customId(stop.name, chat, node, String(part));

export const isStopOf = (id: string, reply: Reply, part: number): boolean =>
  id === stopId(reply, part);

export const stopRow = (reply: Reply, part: number, texts: Texts) =>
  buttonRow(button('Secondary', texts.stop.button, stopId(reply, part)));
