import { z } from 'zod';

/** A stretch of a message: what is said, what is done, or what is said out of character. */
export const segment = z.object({
  kind: z.enum(['dialogue', 'action', 'ooc']),
  text: z.string(),
});
export type Segment = z.infer<typeof segment>;

/**
 * Splits a message by its explicit markers: `((...))` and lines that begin with `//` are out of
 * character, `*...*` and `_..._` are actions, the rest is dialogue. Bold (`**...**`) and underline
 * (`__...__`) are emphasis, not actions. Text is trimmed, and blank stretches are dropped.
 */
export function parseSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  const push = (kind: Segment['kind'], raw: string) => {
    const trimmed = raw.trim();
    if (trimmed === '') return;
    const last = segments.at(-1);
    if (last?.kind === kind && kind === 'ooc') {
      segments[segments.length - 1] = { kind, text: `${last.text}\n${trimmed}` };
    } else segments.push({ kind, text: trimmed });
  };
  let rest = 0;
  for (const match of text.matchAll(MARKED)) {
    push('dialogue', text.slice(rest, match.index));
    const { ooc, line, star, under } = match.groups as Record<string, string | undefined>;
    if (ooc !== undefined) push('ooc', ooc);
    else if (line !== undefined) push('ooc', line);
    else push('action', star ?? under ?? '');
    rest = match.index + match[0].length;
  }
  push('dialogue', text.slice(rest));
  return segments;
}

// Single markers only: the look-arounds keep bold, underline and snake_case words out.
const MARKED =
  /\(\((?<ooc>[\s\S]*?)(?:\)\)|$)|^[ \t]*\/\/(?<line>.*)$|(?<![*\\])\*(?![*\s])(?<star>[^*]+?)(?<!\s)\*(?!\*)|(?<![\w_\\])_(?![_\s])(?<under>[^_]+?)(?<!\s)_(?![\w_])/gm;

/** What a character perceives of a message: everything but what is out of character. */
export function perceived(segments: readonly Segment[]): string {
  return segments
    .filter((each) => each.kind !== 'ooc')
    .map((each) => (each.kind === 'action' ? `*${each.text}*` : each.text))
    .join(' ');
}
