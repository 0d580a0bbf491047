import type { APIApplicationCommand } from 'discord-api-types/v10';

type Localizations = Partial<Record<string, string | null>> | null | undefined;

interface Part {
  name: string;
  name_localizations?: Localizations;
  description?: string;
  description_localizations?: Localizations;
  options?: readonly Part[];
  choices?: readonly Part[];
}

/**
 * A command as Discord's client shows it to someone. What is typed or sent keeps its name; what is only
 * read is in that person's language, where the application gave one.
 */
export function asRead(command: APIApplicationCommand, locale: string): APIApplicationCommand {
  const name_localized = command.name_localizations?.[locale as 'ru'];
  return { ...read(command as Part, locale), ...(name_localized && { name_localized }) } as never;
}

function read(part: Part, locale: string): Part {
  const { name_localizations: _names, description_localizations: described, ...rest } = part;
  return {
    ...rest,
    ...(part.description !== undefined && {
      description: described?.[locale] ?? part.description,
    }),
    ...(part.options && { options: part.options.map((option) => read(option, locale)) }),
    ...(part.choices && {
      choices: part.choices.map((choice) => ({
        ...read(choice, locale),
        name: choice.name_localizations?.[locale] ?? choice.name,
      })),
    }),
  };
}
