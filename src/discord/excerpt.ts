/**
 * The beginning of a longer text, up to the end of a sentence, or of a word where that leaves too little;
 * what it emphasizes stays so.
 * @param most characters, the sign that it goes on included
 */
export function excerpt(text: string, most: number): string {
  if (text.length <= most) return text;
  // Room for the sign, and for a mark that has to be closed.
  const room = text.slice(0, most - 3);
  const sentence = /^.*[.!?…]["”»*_]*(?=\s)/s.exec(room)?.[0] ?? '';
  const whole = sentence.length > most / 2;
  const kept = whole ? sentence : room.replace(/\s+\S*$/, '').replace(/[\uD800-\uDBFF]$/, '');
  const open = (kept.match(/\*/g)?.length ?? 0) % 2 === 1 ? '*' : '';
  return `${kept}${open}${whole ? ' …' : '…'}`;
}
