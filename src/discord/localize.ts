import { commandText, translations } from './texts.ts';

interface Part {
  readonly name: string;
  readonly description?: string | undefined;
  readonly options?: readonly Part[] | undefined;
  readonly choices?: readonly { readonly name: string }[] | undefined;
}

/**
 * A command as it is registered: what people read of it, in every language. Names are typed and stay as
 * they are, but for those of choices and of a message's menu.
 */
export function localize<T extends Part>(command: T): T {
  const isTyped = command.description !== undefined;
  return { ...localizePart(command), ...(isTyped ? {} : named(command.name)) };
}

const localizePart = <T extends Part>(part: T): T => ({
  ...part,
  ...(part.description === undefined ? {} : { description_localizations: inAll(part.description) }),
  ...(part.options && { options: part.options.map(localizePart) }),
  ...(part.choices && {
    choices: part.choices.map((choice) => ({ ...choice, ...named(choice.name) })),
  }),
});

const named = (name: string) => ({ name_localizations: inAll(name) });

const inAll = (english: string): Record<string, string> =>
  Object.fromEntries(
    Object.keys(translations).map((locale) => [locale, commandText(english, locale)]),
  );
