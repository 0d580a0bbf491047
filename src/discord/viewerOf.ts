import {
  type BaseInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type GuildMember,
  PermissionFlagsBits,
} from 'discord.js';
import type { Asked, Viewer } from '../app/storylines.ts';
import type { StoryHere, Troupe } from '../app/troupe.ts';
import { Refusal } from '../engine/refusal.ts';
import { standingOf } from './standing.ts';

/** Who asks, to see the stories of a home: what they can see of its channels comes from Discord. */
export function viewerOf(interaction: BaseInteraction): Viewer {
  const { client, guildId, member, channelId } = interaction;
  return {
    standing: standingOf(interaction),
    sees: (id) => {
      if (id === channelId) return true;
      const channel = client.channels.cache.get(id);
      if (!channel || channel.isDMBased() || channel.guildId !== guildId || member === null) {
        return false;
      }
      const may = 'id' in member ? channel.permissionsFor(member as GuildMember) : null;
      if (!may?.has(PermissionFlagsBits.ViewChannel)) return false;
      // A private thread is for those who were brought into it.
      return channel.type === ChannelType.PrivateThread
        ? may.has(PermissionFlagsBits.ManageThreads) ||
            channel.members.cache.has(interaction.user.id)
        : true;
    },
  };
}

export const askedBy = (interaction: BaseInteraction): Asked => ({
  command: interaction.id,
  by: standingOf(interaction),
});

/** The story of the channel. @throws {Refusal} `no-story-here`. */
export function storyHere(troupe: Troupe, channel: string | null): StoryHere {
  const here = troupe.storyIn(channel ?? '');
  if (here === null) throw new Refusal('no-story-here');
  return here;
}

/** What someone goes by where they ask. */
export const nameOf = ({ member, user }: BaseInteraction): string =>
  member !== null && 'displayName' in member ? member.displayName : user.displayName;

/** An option's text without the blanks around it; null where it was left out, or is blank. */
export const textOption = (interaction: ChatInputCommandInteraction, name: string) =>
  interaction.options.getString(name)?.trim() || null;
