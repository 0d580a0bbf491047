import type { ModelRequest } from '../app/ports/model.ts';

export interface Fenced {
  readonly name: string;
  readonly text: string;
}

/**
 * Texts with a line before and after each, which hold a mark that occurs in none of them: nothing in
 * a text can end it, or begin another. The same texts get the same mark.
 */
export function fence(texts: readonly Fenced[]): { readonly mark: string; readonly text: string } {
  const all = texts.flatMap(({ name, text }) => [name, text]).join('\n');
  let mark = markOf(all, 0);
  for (let next = 1; all.includes(mark); next++) mark = markOf(all, next);
  const text = texts
    .map((each) => `<<<${mark} ${oneLine(each.name)}>>>\n${each.text}\n<<<${mark} end>>>`)
    .join('\n\n');
  return { mark, text };
}

/** The texts that a request holds in fences, in order. */
export function unfence(request: ModelRequest): Fenced[] {
  const text = request.messages
    .flatMap(({ content }) => content)
    .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join('\n');
  const fences = /^<<<(\w+) ([^\n]*)>>>\n(.*?)\n<<<\1 end>>>$/gms;
  return [...text.matchAll(fences)].map(([, , name = '', inner = '']) => ({ name, text: inner }));
}

/** FNV-1a, in letters and digits. */
function markOf(text: string, salt: number): string {
  let hash = 0x811c9dc5 ^ salt;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return `T${(hash >>> 0).toString(36).toUpperCase().padStart(7, '0')}`;
}

const oneLine = (name: string): string => name.replace(/[\s<>]+/g, ' ').trim();
