const tags = ['think', 'thinking', 'reasoning'].map((name) => ({
  open: `<${name}>`,
  close: `</${name}>`,
}));

/** Takes a model's inline thinking out of its text while it streams. */
export interface ThinkFilter {
  /** The part of the text so far that can be shown and was not given out yet; often ''. */
  push(text: string): string;
  /** What was held back at the end of the text, in case it only looked like a tag. */
  end(): string;
}

/**
 * Hides `<think>…</think>` at the beginning of an answer, as reasoning models write it on servers
 * that do not separate it, tags split between chunks included. Later in the text it is left alone:
 * there it is something that a character says.
 */
export function thinkFilter(): ThinkFilter {
  let state: 'start' | 'thinking' | 'gap' | 'open' = 'start';
  let held = '';
  let close = '';

  function push(text: string): string {
    if (state === 'open') return text;
    held += text;
    if (state === 'start') {
      const begun = held.trimStart();
      const tag = tags.find(({ open }) => begun.toLowerCase().startsWith(open));
      if (tag) {
        state = 'thinking';
        close = tag.close;
        held = begun.slice(tag.open.length);
      } else if (tags.some(({ open }) => open.startsWith(begun.toLowerCase()))) {
        return '';
      } else {
        return release();
      }
    }
    if (state === 'thinking') {
      const at = held.toLowerCase().indexOf(close);
      if (at === -1) {
        // Only the end of the thinking can still matter: the beginning of a closing tag.
        held = held.slice(-(close.length - 1));
        return '';
      }
      state = 'gap';
      held = held.slice(at + close.length);
    }
    // The blank lines between the thinking and the answer belong to neither.
    held = held.trimStart();
    return held === '' ? '' : release();
  }

  function release(): string {
    const text = held;
    state = 'open';
    held = '';
    return text;
  }

  return { push, end: () => (state === 'start' ? release() : '') };
}
