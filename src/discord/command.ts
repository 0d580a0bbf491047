import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Bot } from './bot.ts';

/** One slash command: one file in `commands/`, one line in `commands/index.ts`. */
export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Reads the options, acknowledges, calls one use case, answers. */
  execute(interaction: ChatInputCommandInteraction, bot: Bot): Promise<void>;
  /** Answers within 3 s with at most 25 choices. */
  autocomplete?(interaction: AutocompleteInteraction, bot: Bot): Promise<void>;
}
