/** Who is speaking, and for whom the model must not speak. */
export interface CleanOptions {
  /** The character's own name. */
  readonly character: string;
  /** The people and characters whose lines the model must not write. */
  readonly others: readonly string[];
  /** More text is still to come. */
  readonly growing?: boolean;
}

/**
 * Makes the model's words fit to be shown (design 9): without its own name in front, without lines
 * that it wrote for somebody else, without the chat template's tokens, without quotes or a fence
 * around the whole, with what it left open closed. Gives '' when nothing is left.
 *
 * While the text grows, what might still turn out to be such a name or token is left out, so that it
 * is never shown and then taken away, and nothing is closed; each result then begins with the one
 * before. Two things are decided by the end only: quotes around the whole stay until then, since
 * nearly always they are dialogue, and a fence that turns out not to be around the whole comes back.
 */
export function cleanReply(text: string, options: CleanOptions): string {
  const { character, others, growing = false } = options;
  const own = namesOf([character]);
  const theirs = namesOf(others).filter((name) => !own.includes(name));

  let rest = withoutTokens(text.replaceAll('\r\n', '\n'), growing);
  // A name may stand inside a fence, and a fence or quotes after a name, so this takes turns.
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = withoutName(withoutFence(rest.trim(), growing), own, growing);
    if (theirs.length > 0) rest = upToOthers(rest, theirs);
  }
  if (!growing) rest = withoutName(withoutQuotes(rest.trim()), own, growing);
  if (growing) rest = withoutUndecidedLine(rest, [...own, ...theirs], own);
  rest = rest.replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n').trim();
  return growing ? rest : closeMarkup(rest);
}

const TOKEN =
  /<\|[^|<>\n]{1,40}\|>|<\uff5c[^\uff5c<>\n]{1,40}\uff5c>|<\/?s>|<(?:start_of_turn|end_of_turn|eos|bos|pad)>|\[\/?INST\]/i;
const LEADING_TOKENS = new RegExp(
  `^\\s*(?:(?:${TOKEN.source})(?:\\s*(?:assistant|model)(?=\\s*\\n|<))?\\s*)+`,
  'i',
);
const TOKEN_BEGUN =
  /(?:<(?:[|\uff5c][^|\uff5c<>\n]{0,40}[|\uff5c]?|\/?[a-z_]{0,13})?|\[\/?I?N?S?T?)$/i;
const LEADING_BEGUN = /^(?:assistant|model)?\s*$/i;

/** Tokens in front are dropped; a later one is where the model should have stopped. */
function withoutTokens(text: string, growing: boolean): string {
  const lead = LEADING_TOKENS.exec(text)?.[0] ?? '';
  let rest = text.slice(lead.length);
  if (growing && lead !== '' && isBeginningOf(rest, ['assistant', 'model'])) return '';
  const token = TOKEN.exec(rest);
  if (token) return rest.slice(0, token.index);
  if (growing) rest = rest.replace(TOKEN_BEGUN, '');
  return growing && lead !== '' && LEADING_BEGUN.test(rest) ? '' : rest;
}

function isBeginningOf(text: string, words: readonly string[]): boolean {
  return words.some((word) => word.startsWith(text.toLowerCase()));
}

const FENCE = /^```[\w+\-.#]*[^\S\n]*\n/;

/** A fence around the whole answer, or one that still may be. */
function withoutFence(text: string, growing: boolean): string {
  if (growing && /^`{1,3}[\w+\-.#]*[^\S\n]*$/.test(text)) return '';
  const opening = FENCE.exec(text)?.[0];
  if (opening === undefined) return text;
  const inner = text.slice(opening.length);
  const end = inner.indexOf('```');
  if (end === -1) return growing ? inner.replace(/`{1,2}$/, '') : text;
  return inner.slice(end + 3).trim() === '' ? inner.slice(0, end) : text;
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»', '「': '」' };

function withoutQuotes(text: string): string {
  const opening = text.charAt(0);
  const closing = QUOTES[opening];
  if (closing === undefined || text.length < 2 || !text.endsWith(closing)) return text;
  const inner = text.slice(1, -1);
  // "Come in," she said. "Sit." begins and ends with quotes that are not around the whole.
  return inner.includes(opening) || inner.includes(closing) ? text : inner;
}

/** Words that begin many names and call nobody. */
const NOT_A_NAME =
  /^(?:the|an?|mr|mrs|ms|miss|dr|sir|lady|lord|king|queen|old|el|la|le|der|die|das)\.?$/i;

/** The full names and the first names, in lower case, the longest first. */
function namesOf(full: readonly string[]): string[] {
  const names = new Set<string>();
  for (const each of full) {
    const name = each.trim().replace(/\s+/g, ' ').toLowerCase();
    if (name === '') continue;
    names.add(name);
    const first = name.split(' ')[0] ?? '';
    if (first.length > 1 && !NOT_A_NAME.test(first)) names.add(first);
  }
  return [...names].sort((a, b) => b.length - a.length);
}

/** `Name:`, `**Name:**`, `**Name**:`, `[Name]:`, `[Name:]`, `Name (softly):` at the start of a line. */
function labelOf(names: readonly string[]): string {
  const plain = names.map((each) => each.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const name = `(?:${plain.join('|')})`;
  const manner = '(?:[^\\S\\n]*\\([^()\\n]{0,40}\\))?';
  const colon = '[^\\S\\n]*[:\\uff1a]';
  return (
    `[^\\S\\n>#]*[>#]*[^\\S\\n]*(?:` +
    `(?<mark>\\*{1,3}|_{1,3})\\[?${name}\\]?${manner}(?:\\k<mark>${manner}${colon}|${colon}\\k<mark>)` +
    `|\\[${name}(?:\\]${manner}${colon}|${colon}\\])` +
    `|(?<open>\\*{1,3}|_{1,3})?${name}${manner}${colon})`
  );
}

function withoutName(text: string, own: readonly string[], growing: boolean): string {
  if (own.length === 0) return text;
  const label = new RegExp(`^${labelOf(own)}\\s*`, 'i').exec(text);
  if (!label) return text;
  const rest = text.slice(label[0].length);
  // The mark that closes a bold name may be still to come.
  if (growing && label.groups?.open !== undefined && /^[*_\s]*$/.test(rest)) return '';
  return (label.groups?.open ?? '') + rest;
}

function upToOthers(text: string, theirs: readonly string[]): string {
  const label = new RegExp(`^${labelOf(theirs)}`, 'im').exec(text);
  return label ? text.slice(0, label.index) : text;
}

/** Holds back the last line while it may still become a name and a colon. */
function withoutUndecidedLine(
  text: string,
  names: readonly string[],
  own: readonly string[],
): string {
  const start = text.lastIndexOf('\n') + 1;
  const line = text.slice(start);
  const bare = line.replace(/^[^\S\n]*[>#]*[^\S\n]*[*_]{0,3}\[?/, '').toLowerCase();
  // The own name counts in front of the answer only.
  const candidates =
    text.slice(0, start).trim() === '' ? names : names.filter((n) => !own.includes(n));
  const undecided = candidates.some((name) => {
    if (bare.length <= name.length) return name.startsWith(bare);
    const after = bare.startsWith(name) ? bare.slice(name.length) : 'x';
    return /^[\]*_]{0,4}[^\S\n]*(?:\([^()\n]{0,40}\)?)?[\]*_]{0,4}[^\S\n]*[:\uff1a]?$/.test(after);
  });
  return undecided ? text.slice(0, start) : text;
}

interface Open {
  readonly mark: string;
  readonly at: number;
}

/** Drops marks that open nothing at the end and closes what was left open. */
function closeMarkup(text: string): string {
  let rest = text.replace(
    /(^|\s)(?:\*{1,3}|_{1,3}|~~|\|\||`{1,3})$/,
    (run: string, gap: string) => {
      const mark = run.slice(gap.length);
      const open = openMarks(text.slice(0, text.length - mark.length));
      return open.at(-1)?.mark === mark ? mark : '';
    },
  );
  rest = rest.trimEnd();
  const open = openMarks(rest);
  const last = open.at(-1);
  if (last && halfClosed(rest, last.mark, open.length)) rest += last.mark.charAt(0);
  for (const { mark, at } of openMarks(rest).reverse()) {
    if (mark === '```') {
      rest += '\n```';
      continue;
    }
    // What was forgotten in an early paragraph should not colour all that follow.
    const gap = rest.slice(at).search(/\n\s*\n/);
    const end = gap === -1 ? rest.length : at + gap;
    rest = rest.slice(0, end) + mark + rest.slice(end);
  }
  return rest;
}

/** The first half of what closes the innermost mark stands at the end, and closes nothing itself. */
function halfClosed(text: string, mark: string, open: number): boolean {
  if (mark === '```') return text.endsWith('``');
  if (mark.length !== 2 || !text.endsWith(mark.charAt(0)) || text.endsWith(mark)) return false;
  return openMarks(text.slice(0, -1)).length === open;
}

const MARKS = /\\[\s\S]|`+|\*+|_+|~~|\|\||https?:\/\/[^\s*]+|<[^\s<>]*>/g;

/** What is open at the end of the text, by the rules of Discord's markdown, outermost first. */
function openMarks(text: string): Open[] {
  const open: Open[] = [];
  let code: Open | undefined;
  for (const found of text.matchAll(MARKS)) {
    const run = found[0];
    const at = found.index;
    const before = text.charAt(at - 1);
    const after = text.charAt(at + run.length);
    if (code) {
      const ends = code.mark === '```' ? /^`{3}/.test(run) : run === code.mark;
      if (ends) code = undefined;
    } else if (run.startsWith('`')) {
      code = { mark: run.length >= 3 ? '```' : run, at };
    } else if (/^(?:\*{1,3}|_{1,3}|~~|\|\|)$/.test(run)) {
      toggle(open, { mark: run, at }, before, after);
    }
  }
  return code ? [...open, code] : open;
}

function toggle(open: Open[], { mark, at }: Open, before: string, after: string): void {
  if (mark.length === 3) {
    const [two, one] = [mark.slice(0, 2), mark.slice(0, 1)];
    const held = open.filter((each) => each.mark === one || each.mark === two);
    if (held.length === 0 && after.trim() !== '') open.push({ mark: two, at }, { mark: one, at });
    else for (const each of held) open.splice(open.indexOf(each));
    return;
  }
  const held = open.findIndex((each) => each.mark === mark);
  const single = mark.length === 1;
  const blankBefore = before.trim() === '';
  if (held >= 0) {
    if (single && blankBefore) return;
    if (mark === '_' && /\w/.test(after)) return;
    open.splice(held);
  } else if (after.trim() !== '' && !(single && /\w/.test(before))) open.push({ mark, at });
}
