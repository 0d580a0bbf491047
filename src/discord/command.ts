import {
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Bot } from './bot.ts';

/** Where `/help` lists a command. */
export const GROUPS = ['play', 'travel', 'world', 'stories', 'people', 'about'] as const;
export type Group = (typeof GROUPS)[number];

/** One slash command: one file in `commands/`, one line in `commands/index.ts`. */
export interface Command {
  readonly group: Group;
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Reads the options, acknowledges, calls one use case, answers. */
  execute(interaction: ChatInputCommandInteraction, bot: Bot): Promise<void>;
  /** Answers within 3 s with at most 25 choices, see `respondWith`. */
  autocomplete?(interaction: AutocompleteInteraction, bot: Bot): Promise<void>;
}

/** One entry of the menu that a message has: a file and a line beside the slash commands. */
export interface MessageMenu {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody & {
    readonly type: ApplicationCommandType.Message;
  };
  execute(interaction: MessageContextMenuCommandInteraction, bot: Bot): Promise<void>;
}

export type AnyCommand = Command | MessageMenu;

export const isMenu = (command: AnyCommand): command is MessageMenu =>
  command.data.type === ApplicationCommandType.Message;
