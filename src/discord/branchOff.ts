import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { NodeId } from '../engine/ids.ts';
import type { Bot } from './bot.ts';
import { takeUpRow } from './components/takeUp.ts';
import { textsFor } from './texts.ts';
import { storyHere, viewerOf } from './viewerOf.ts';

/**
 * Branches the channel's story off, into a thread or post beside it; in direct messages, where there are
 * none, the branch waits. The interaction has been deferred.
 * @param command names what is begun: the same again begins nothing
 */
export async function branchOff(
  interaction:
    | ChatInputCommandInteraction
    | MessageContextMenuCommandInteraction
    | MessageComponentInteraction,
  { troupe }: Pick<Bot, 'troupe'>,
  at: NodeId | null,
  command = interaction.id,
): Promise<void> {
  const { chats } = textsFor(interaction.locale);
  const { channelId } = interaction;
  const { chat, name, channel } = await troupe.storylines.branch({
    chat: storyHere(troupe, channelId).chat,
    at,
    command,
    viewer: viewerOf(interaction),
    room: interaction.guildId === null ? null : { kind: 'thread', from: channelId },
  });
  await interaction.editReply(
    channel === null
      ? { content: chats.branchWaits(name), components: [takeUpRow(chat, chats.takeUp)] }
      : { content: chats.branched(channel), components: [] },
  );
}
