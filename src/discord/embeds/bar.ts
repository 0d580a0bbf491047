const LENGTH = 5;

/** A figure to see at a glance: ▰▰▰▰▱. @param score 0 to 100 */
export function bar(score: number): string {
  const filled = Math.round((score / 100) * LENGTH);
  return '▰'.repeat(filled) + '▱'.repeat(LENGTH - filled);
}
