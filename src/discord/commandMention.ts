import { type Client, chatInputApplicationCommandMention } from 'discord.js';

/**
 * A slash command as text that can be clicked, or as it is typed where Discord has not named it yet.
 * @param path with its subcommand, where it has one: `chat list`
 */
export function commandMention(client: Client, path: string): string {
  const [name] = path.split(' ');
  const command = client.application?.commands.cache.find((each) => each.name === name);
  return command === undefined
    ? `\`/${path}\``
    : chatInputApplicationCommandMention(path, command.id);
}
