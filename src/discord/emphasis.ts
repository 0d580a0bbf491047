import type { Scope, Style } from './markup.ts';
import { isBlank } from './markup.ts';

const isWordChar = (char: string) => /[A-Za-z0-9]/.test(char);

/**
 * The styles that are open after a run of equal marks (`*`, `_`, `~` or `|`), from those before it and
 * the characters around it; `next` is '' at the end of the text. What opens gets `scope`; without one
 * the run can only close. Gives the same array when the run is text.
 *
 * As in Discord's client: two marks are bold, underline, strike or spoiler, one is italics, three are
 * both; a style's closing mark also ends what was opened in it and never closed.
 */
export function afterMarks(
  styles: readonly Style[],
  run: string,
  before: string,
  next: string,
  scope: Scope | undefined,
): readonly Style[] {
  const { length } = run;
  const one = run.charAt(0);
  const two = one + one;
  const single = one === '*' || one === '_';
  if (length > (single ? 3 : 2)) return styles;
  const isOpen = (mark: string) => styles.some((style) => style.mark === mark);
  const opening = (...marks: string[]) => {
    if (scope === undefined || next === '' || isBlank(next)) return styles;
    return [...styles, ...marks.map((mark) => ({ mark, scope }))];
  };
  const closing = (...marks: string[]) =>
    styles.slice(
      0,
      styles.findIndex((style) => marks.includes(style.mark)),
    );
  if (length === 3) {
    if (isOpen(one) && isOpen(two)) return closing(one, two);
    if (isOpen(one)) return closing(one);
    return isOpen(two) ? closing(two) : opening(two, one);
  }
  if (length === 2) return isOpen(two) ? closing(two) : opening(two);
  if (!single) return styles;
  if (isOpen(one)) {
    const ends = !isBlank(before) && (one === '*' || !isWordChar(next));
    return ends ? closing(one) : styles;
  }
  // 2*3 and snake_case are not emphasis.
  return isWordChar(before) ? styles : opening(one);
}
