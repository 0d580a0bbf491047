import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type CommandInteraction,
  DiscordAPIError,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';

/** What a person asked by a command, a menu, a button or a form. */
export type Asking = CommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

/**
 * Says to everyone what someone changed, in one quiet line. What was done stands whatever becomes of it:
 * where the interaction takes no more answers, the channel does.
 */
export async function announce(
  interaction: Asking,
  content: string,
  components: readonly APIActionRowComponent<APIButtonComponentWithCustomId>[] = [],
): Promise<void> {
  const line = { content, components: [...components] };
  try {
    await interaction.followUp(line);
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !interaction.channel?.isSendable()) throw error;
    await interaction.channel.send(line);
  }
}
