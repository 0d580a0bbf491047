import { type APIEmbed, escapeMarkdown } from 'discord.js';
import type { ListedBook } from '../../app/lore.ts';
import type { LoreEntry } from '../../engine/lore/lorebook.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

export const BOOK_PAGE = 'book';
export const BOOK_USE = 'book-use';
const PER_PAGE = 6;

/** Where a card is looked at: the story there, if there is one that whoever looks may change. */
export interface StoryHere {
  readonly chat: string;
  readonly used: readonly string[];
}

/** The lorebooks of a home, by name. */
export function bookList(books: readonly ListedBook[], used: readonly string[], { lore }: Texts) {
  const lines = books.map(({ id, book }) => {
    const name = `**${escapeMarkdown(shorten(book.name || lore.unnamed, 60))}**`;
    const marks = [lore.entries(book.entries.length), used.includes(id) ? lore.usedHere : ''];
    return `${name} · ${marks.filter(Boolean).join(' · ')}`;
  });
  const embed: APIEmbed = {
    color: ACCENT,
    title: lore.title,
    description: lines.join('\n').slice(0, 4_096) || lore.none,
  };
  return { embeds: [embed], components: [] };
}

/** A lorebook; its entries are shown to those who may change them. */
export function bookCard(
  { id, book, own }: ListedBook,
  page: number,
  here: StoryHere | null,
  { lore }: Texts,
) {
  const pages = own ? Math.max(1, Math.ceil(book.entries.length / PER_PAGE)) : 1;
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = own ? book.entries.slice(at * PER_PAGE, (at + 1) * PER_PAGE) : [];
  const used = here?.used.includes(id) ?? false;
  const footer = [
    lore.entries(book.entries.length),
    used ? lore.usedHere : '',
    pages === 1 ? '' : lore.page(at + 1, pages),
  ];
  const embed: APIEmbed = {
    color: ACCENT,
    title: shorten(book.name || lore.unnamed, 256),
    ...(own ? {} : { description: lore.hidden }),
    fields: shown.map((entry) => ({
      name: shorten(entry.name || entry.keys.join(', ') || lore.unnamed, 80),
      value: entryLines(entry, { lore }),
    })),
    footer: { text: footer.filter(Boolean).join(' · ') },
  };
  const to = (target: number, text: string) => ({
    ...button('Secondary', text, customId(BOOK_PAGE, id, String(target))),
    disabled: target < 0 || target >= pages,
  });
  const use = (chat: string) =>
    button(
      'Secondary',
      used ? lore.leaveOut : lore.useHere,
      customId(BOOK_USE, chat, id, used ? 'no' : 'yes'),
    );
  const buttons = [
    ...(here === null ? [] : [use(here.chat)]),
    ...(pages === 1 ? [] : [to(at - 1, lore.previous), to(at + 1, lore.next)]),
  ];
  return { embeds: [embed], components: buttons.length === 0 ? [] : [buttonRow(...buttons)] };
}

/** When an entry comes up, and the beginning of what it says. */
function entryLines(entry: LoreEntry, { lore }: Pick<Texts, 'lore'>): string {
  const { constant, keys, secondaryKeys, probability, knownBy, enabled, content } = entry;
  const when = [
    enabled ? '' : lore.off,
    constant ? lore.always : lore.on(shorten(keys.join(', '), 120)),
    constant || secondaryKeys.length === 0 ? '' : lore.and(shorten(secondaryKeys.join(', '), 80)),
    probability === 100 ? '' : lore.chance(probability),
    knownBy.length === 0 ? '' : lore.knownBy(shorten(knownBy.join(', '), 80)),
  ];
  return `${shorten(content, 180)}\n-# ${when.filter(Boolean).join(', ')}`;
}
