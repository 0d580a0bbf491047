const rules = new Intl.PluralRules('ru');

export const figure = (number: number): string => number.toLocaleString('ru');

/** The form of a word that goes with a number: 1 and 21, 2 to 4, 5 and more. */
export function plural(number: number, one: string, few: string, many: string): string {
  const kind = rules.select(number);
  return kind === 'one' ? one : kind === 'many' ? many : few;
}

export const count = (number: number, one: string, few: string, many: string): string =>
  `${figure(number)} ${plural(number, one, few, many)}`;
