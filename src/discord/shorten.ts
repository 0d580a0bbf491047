/** The beginning of a text, on one line, with a sign that it goes on. @param most characters, the sign included */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  // Whole code points: half an emoji is no character.
  return `${[...line.slice(0, most - 1)].join('').replace(/[\uD800-\uDBFF]$/, '')}…`;
}
