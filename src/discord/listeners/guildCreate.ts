import { type Guild, type GuildTextBasedChannel, PermissionFlagsBits } from 'discord.js';
import { commandMention } from '../commandMention.ts';
import { welcomeCard } from '../embeds/welcomeCard.ts';
import { defineListener } from '../listener.ts';
import { publicTexts } from '../publicTexts.ts';

const NEEDED = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
];

/** A server that adds the bot is told once what to do next, where the bot may write. */
export const guildCreate = defineListener({
  event: 'guildCreate',
  async handle({ client, troupe }, guild) {
    const channel = firstChannel(guild);
    if (channel === null || !troupe.firstWelcome(guild.id)) return;
    const texts = publicTexts(troupe, guild.id, guild.preferredLocale);
    await channel.send({ embeds: [welcomeCard((path) => commandMention(client, path), texts)] });
  },
});

/** Where Discord itself greets people, else the uppermost channel in which the bot may write. */
function firstChannel(guild: Guild): GuildTextBasedChannel | null {
  const { me } = guild.members;
  if (me === null) return null;
  const mayWrite = (channel: GuildTextBasedChannel) => channel.permissionsFor(me).has(NEEDED);
  const { systemChannel } = guild;
  if (systemChannel !== null && mayWrite(systemChannel)) return systemChannel;
  const others = guild.channels.cache
    .filter((channel) => channel.isTextBased() && !channel.isThread() && !channel.isVoiceBased())
    .sort((a, b) => ('rawPosition' in a && 'rawPosition' in b ? a.rawPosition - b.rawPosition : 0));
  return (others.find((channel) => mayWrite(channel as GuildTextBasedChannel)) ??
    null) as GuildTextBasedChannel | null;
}
