import { z } from 'zod';

/** A stretch of a message: what is said, what is done, or what is said out of character. */
export const segment = z.object({
  kind: z.enum(['dialogue', 'action', 'ooc']),
  text: z.string(),
});
export type Segment = z.infer<typeof segment>;

/** What sets off words that are out of character: brackets around them, or the beginning of a line. */
export interface OocMarkers {
  readonly open: string;
  readonly close: string;
  readonly line: string;
}

export const OOC: OocMarkers = { open: '((', close: '))', line: '//' };

/**
 * Splits a message by its explicit markers: `((...))` and lines that begin with `//` are out of
 * character, `*...*` and `_..._` are actions, the rest is dialogue. Bold (`**...**`) and underline
 * (`__...__`) are emphasis, not actions. Prose that marks no action and has speech in quotation marks is
 * told apart by those. Text is trimmed, and blank stretches are dropped.
 */
export function parseSegments(text: string, ooc: OocMarkers = OOC): Segment[] {
  const segments = byMarkers(text, ooc);
  if (segments.some(({ kind }) => kind === 'action')) return segments;
  return segments.flatMap((each) => (each.kind === 'dialogue' ? byQuotes(each.text) : [each]));
}

function byMarkers(text: string, markers: OocMarkers): Segment[] {
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
  for (const match of text.matchAll(marked(markers))) {
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

/** Speech in quotation marks, and the rest as actions; all of it dialogue where nothing is quoted speech. */
function byQuotes(text: string): Segment[] {
  const segments: Segment[] = [];
  const push = (kind: Segment['kind'], raw: string) => {
    if (/[\p{L}\p{N}]/u.test(raw)) segments.push({ kind, text: raw.trim() });
  };
  let rest = 0;
  for (const match of text.matchAll(QUOTED)) {
    if (!isSpeech(match[0], text.slice(0, match.index))) continue;
    push('action', text.slice(rest, match.index));
    push('dialogue', match[0]);
    rest = match.index + match[0].length;
  }
  if (rest === 0) return [{ kind: 'dialogue', text }];
  push('action', text.slice(rest));
  return segments;
}

const QUOTED = /"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|「[^」\n]+」/g;

/** A word in quotation marks within a sentence is a name or irony; speech is set off, or ends like a sentence. */
const isSpeech = (quoted: string, before: string): boolean =>
  /[.!?…,—–-][^\p{L}\p{N}]*$/u.test(quoted.slice(0, -1)) ||
  /(?:^|[.!?…:,—–"”»\n])\s*$/.test(before);

/** Single markers only: the look-arounds keep bold, underline and snake_case words out. */
function marked({ open, close, line }: OocMarkers): RegExp {
  return new RegExp(
    `${escaped(open)}(?<ooc>[\\s\\S]*?)(?:${escaped(close)}|$(?![\\s\\S]))` +
      `|^[ \\t]*${escaped(line)}(?<line>.*)$` +
      '|(?<![*\\\\])\\*(?![*\\s])(?<star>[^*]+?)(?<!\\s)\\*(?!\\*)' +
      '|(?<![\\w_\\\\])_(?![_\\s])(?<under>[^_]+?)(?<!\\s)_(?![\\w_])',
    'gm',
  );
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** What a character perceives of a message: everything but what is out of character. */
export function perceived(segments: readonly Segment[]): string {
  return segments
    .filter((each) => each.kind !== 'ooc')
    .map((each) => (each.kind === 'action' ? `*${each.text}*` : each.text))
    .join(' ');
}
