import { type APIEmbed, ApplicationCommandOptionType } from 'discord.js';
import { type AnyCommand, type Command, GROUPS, isMenu } from '../command.ts';
import { commandText, textsFor } from '../texts.ts';

export const ACCENT = 0x7a6ff0;

/** What Troupe is and what one can ask of it, from the list that is deployed, in a person's language. */
export function helpCard(
  commands: readonly AnyCommand[],
  mention: (name: string) => string,
  locale: string,
): APIEmbed {
  const { help } = textsFor(locale);
  const slash = commands.filter((each): each is Command => !isMenu(each));
  const parts = GROUPS.flatMap((group) => {
    const lines = slash
      .filter((each) => each.group === group)
      .map((each) => line(each, mention, locale));
    return lines.length === 0 ? [] : [`**${help.groups[group]}**\n${lines.join('\n')}`];
  });
  const menus = commands.filter(isMenu).map(({ data }) => commandText(data.name, locale));
  if (menus.length > 0) parts.push(help.menus(menus.join(', ')));
  const description = [help.about, ...parts].join('\n\n');
  return { color: ACCENT, title: help.title, description };
}

function line({ data }: Command, mention: (name: string) => string, locale: string): string {
  const parts = (data.options ?? []).flatMap(({ type, name }) =>
    type === ApplicationCommandOptionType.Subcommand ? [mention(`${data.name} ${name}`)] : [],
  );
  const names = parts.length === 0 ? mention(data.name) : parts.join(' ');
  return `${names} ${commandText(data.description, locale)}`;
}
