/** What a card's placeholders stand for where it is played. */
export interface Macros {
  readonly char: string;
  readonly user: string;
}

/**
 * Fills in a card's placeholders: `{{char}}`, `{{user}}`, and their older forms `<BOT>`, `<CHAR>` and
 * `<USER>`, in any case. A comment, `{{// ...}}`, is dropped; what is not known stays as it is written.
 */
export function fillMacros(text: string, { char, user }: Macros): string {
  return text.replace(
    /\{\{\s*(?:(?<who>char|user)|\/\/[^}]*)\s*\}\}|<(?<old>bot|char|user)>/gi,
    (_found, ...rest) => {
      const groups = rest.at(-1) as { who?: string; old?: string };
      const who = (groups.who ?? groups.old)?.toLowerCase();
      if (who === undefined) return '';
      return who === 'user' ? user : char;
    },
  );
}
