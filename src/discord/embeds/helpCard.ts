import { type APIEmbed, ApplicationCommandOptionType } from 'discord.js';
import { type AnyCommand, type Command, GROUPS, isMenu } from '../command.ts';
import type { Texts } from '../texts.ts';

export const ACCENT = 0x7a6ff0;

/** What Troupe is and what one can ask of it, from the list that is deployed. */
export function helpCard(
  commands: readonly AnyCommand[],
  mention: (name: string) => string,
  { help }: Texts,
): APIEmbed {
  const slash = commands.filter((each): each is Command => !isMenu(each));
  const parts = GROUPS.flatMap((group) => {
    const lines = slash.filter((each) => each.group === group).map((each) => line(each, mention));
    return lines.length === 0 ? [] : [`**${help.groups[group]}**\n${lines.join('\n')}`];
  });
  const menus = commands.filter(isMenu).map(({ data }) => data.name);
  if (menus.length > 0) parts.push(help.menus(menus.join(', ')));
  const description = [help.about, ...parts].join('\n\n');
  return { color: ACCENT, title: help.title, description };
}

function line({ data }: Command, mention: (name: string) => string): string {
  const parts = (data.options ?? []).flatMap(({ type, name }) =>
    type === ApplicationCommandOptionType.Subcommand ? [mention(`${data.name} ${name}`)] : [],
  );
  const names = parts.length === 0 ? mention(data.name) : parts.join(' ');
  return `${names} ${data.description}`;
}
