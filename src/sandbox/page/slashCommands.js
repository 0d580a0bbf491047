/**
 * Slash commands as a person types them. Pure.
 *
 * @import { APIApplicationCommand } from 'discord-api-types/v10'
 * @import { GivenOption } from '../protocol.ts'
 *
 * @typedef {object} CommandOption
 * @property {string} name
 * @property {string} description
 * @property {number} type
 * @property {boolean} [required]
 * @property {boolean} [autocomplete]
 * @property {{ name: string, value: string | number }[]} [choices]
 * @property {number} [min_value]
 * @property {number} [max_value]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {CommandOption[]} [options]
 * @property {number[]} [channel_types]
 *
 * @typedef {object} SlashCommand one that can be run: a subcommand counts by itself
 * @property {string[]} path
 * @property {string} name the path as it is typed, without the slash
 * @property {string} description
 * @property {CommandOption[]} options required ones first
 */

export const optionType = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

/**
 * @param {APIApplicationCommand[]} commands
 * @param {{ guild: string | null }} where null for direct messages
 * @returns {SlashCommand[]} by name
 */
export function slashCommands(commands, where) {
  return commands
    .filter((command) => command.type === 1 && isOffered(command, where.guild))
    .filter((command, _, all) => !isHidden(command, all))
    .flatMap((command) => {
      const options = /** @type {CommandOption[]} */ (command.options ?? []);
      return flatten([command.name], command.description, options);
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * @param {APIApplicationCommand} command
 * @param {string | null} guild
 */
export function isOffered(command, guild) {
  if (command.guild_id) return command.guild_id === guild;
  if (guild) return !command.contexts || command.contexts.includes(0);
  return command.contexts ? command.contexts.includes(1) : command.dm_permission !== false;
}

/**
 * A guild's own command hides the global one of the same name.
 * @param {APIApplicationCommand} command
 * @param {APIApplicationCommand[]} all
 */
function isHidden({ name, guild_id }, all) {
  return !guild_id && all.some((other) => other.guild_id && other.name === name);
}

/**
 * @param {string[]} path
 * @param {string} description
 * @param {CommandOption[]} options
 * @returns {SlashCommand[]}
 */
function flatten(path, description, options) {
  const below = options.filter((option) => option.type <= optionType.group);
  if (below.length === 0) {
    const ordered = [
      ...options.filter((option) => option.required),
      ...options.filter((option) => !option.required),
    ];
    return [{ path, name: path.join(' '), description, options: ordered }];
  }
  return below.flatMap((option) =>
    flatten([...path, option.name], option.description, option.options ?? []),
  );
}

/**
 * Those that begin with what was typed, then those that hold it.
 * @param {SlashCommand[]} commands
 * @param {string} typed without the slash
 */
export function searchCommands(commands, typed) {
  const wanted = typed.trim().toLowerCase();
  /** @type {(command: SlashCommand) => number} */
  const rank = ({ name, description }) => {
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return wanted.length > 2 && description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.command);
}

/**
 * The command that the text begins with in full, and what follows it.
 * @param {SlashCommand[]} commands
 * @param {string} text with the slash
 */
export function commandInText(commands, text) {
  const found = commands
    .filter((command) => text.startsWith(`/${command.name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found ? { command: found, rest: text.slice(found.name.length + 2) } : null;
}

/**
 * What the typed text means for an option: its value, or what is wrong with it.
 * @param {CommandOption} option
 * @param {string} text
 * @returns {{ value: GivenOption['value'] } | { problem: string }}
 */
export function readOption(option, text) {
  const typed = text.trim();
  if (option.choices?.length) {
    const choice = option.choices.find(({ name }) => name.toLowerCase() === typed.toLowerCase());
    return choice ? { value: choice.value } : { problem: 'Choose one of the list.' };
  }
  switch (option.type) {
    case optionType.integer:
    case optionType.number:
      return readNumber(option, typed);
    case optionType.boolean:
      if (/^(true|yes)$/i.test(typed)) return { value: true };
      return /^(false|no)$/i.test(typed) ? { value: false } : { problem: 'Choose yes or no.' };
    case optionType.user:
    case optionType.channel:
    case optionType.role:
    case optionType.mentionable: {
      const id = /^(?:<(?:@[!&]?|#))?(\d{15,21})>?$/.exec(typed)?.[1];
      return id ? { value: id } : { problem: 'Choose one of the list.' };
    }
    case optionType.attachment:
      return { problem: 'The file is still being read.' };
    default:
      return readText(option, text);
  }
}

/**
 * @param {CommandOption} option
 * @param {string} typed
 */
function readNumber(option, typed) {
  const value = Number(typed);
  if (typed === '' || !Number.isFinite(value)) return { problem: 'Give a number.' };
  if (option.type === optionType.integer && !Number.isInteger(value))
    return { problem: 'Give a whole number.' };
  if (option.min_value !== undefined && value < option.min_value)
    return { problem: `Not less than ${option.min_value}.` };
  if (option.max_value !== undefined && value > option.max_value)
    return { problem: `Not more than ${option.max_value}.` };
  return { value };
}

/**
 * @param {CommandOption} option
 * @param {string} text
 */
function readText(option, text) {
  if (option.min_length !== undefined && text.length < option.min_length)
    return { problem: `At least ${option.min_length} characters.` };
  const most = option.max_length ?? 6000;
  return text.length > most ? { problem: `At most ${most} characters.` } : { value: text };
}
