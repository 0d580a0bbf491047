import { type Client, chatInputApplicationCommandMention } from 'discord.js';

/** A slash command as text that can be clicked, or as it is typed where Discord has not named it yet. */
export function commandMention(client: Client, name: string): string {
  const command = client.application?.commands.cache.find((each) => each.name === name);
  return command === undefined
    ? `\`/${name}\``
    : chatInputApplicationCommandMention(name, command.id);
}
