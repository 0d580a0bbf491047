import {
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  ApplicationCommandOptionType,
  InteractionType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Exchange, SentEvent } from '../../src/sandbox/index.ts';

export type Seen = Exchange | SentEvent;

const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;

/** Every command that can be run, subcommands one by one: `character create`. */
export function runnable(command: RESTPostAPIApplicationCommandsJSONBody): string[] {
  const nested = (options: readonly { type: number; name: string; options?: unknown }[] = []) =>
    options
      .filter(({ type }) => type === Subcommand || type === SubcommandGroup)
      .flatMap((option): string[] => {
        const inner: string[] =
          option.type === SubcommandGroup ? nested(option.options as typeof options) : [''];
        return inner.map((name) => `${option.name} ${name}`.trim());
      });
  const options = 'options' in command ? command.options : undefined;
  const subcommands: string[] = nested(options);
  return subcommands.length > 0
    ? subcommands.map((name) => `${command.name} ${name}`)
    : [command.name];
}

/** The commands that were run and the custom ids that were used, each with an answer that was taken. */
export function exercised(seen: readonly Seen[]): {
  commands: Set<string>;
  customIds: Set<string>;
} {
  const answered = new Set(
    seen.flatMap((each) =>
      each.kind === 'exchange' && each.route?.endsWith('/callback') && each.status < 300
        ? [each.params.token]
        : [],
    ),
  );
  const commands = new Set<string>();
  const customIds = new Set<string>();
  for (const each of seen) {
    if (each.kind !== 'event' || each.name !== 'INTERACTION_CREATE') continue;
    const interaction = each.data as APIInteraction;
    if (!answered.has(interaction.token)) continue;
    if (interaction.type === InteractionType.ApplicationCommand) {
      const { data } = interaction;
      commands.add(
        ['options' in data ? pathOf(data.options) : [], data.name].flat().reverse().join(' '),
      );
    }
    if (
      interaction.type === InteractionType.MessageComponent ||
      interaction.type === InteractionType.ModalSubmit
    ) {
      customIds.add(interaction.data.custom_id);
    }
  }
  return { commands, customIds };
}

/** The chosen subcommand, then its group. */
function pathOf(options: readonly APIApplicationCommandInteractionDataOption[] = []): string[] {
  const [first] = options;
  if (first?.type !== Subcommand && first?.type !== SubcommandGroup) return [];
  return [...pathOf(first.options), first.name];
}
