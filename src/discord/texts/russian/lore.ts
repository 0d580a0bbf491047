import { NOBODY } from '../../../engine/erasure.ts';
import type * as english from '../lore.ts';
import type { Worded } from '../worded.ts';
import { count } from './count.ts';

const fields: Worded<typeof english.loreTexts.fields> = {
  name: 'Название',
  keys: 'Когда всплывает',
  secondaryKeys: 'И вместе с чем',
  content: 'Что нужно знать',
  knownBy: 'Кто об этом знает',
};

const entries = (n: number): string => count(n, 'запись', 'записи', 'записей');

export const loreTexts: Worded<typeof english.loreTexts> = {
  fields,
  hints: {
    name: 'Для списков; в истории его никто не видит',
    keys: 'Слова через запятую',
    secondaryKeys: 'Должно встретиться и одно из этих слов',
    knownBy: 'Имена персонажей; все, если не заполнять',
  },
  form: { add: 'Новая запись', edit: 'Изменить запись' },
  title: 'Лор',
  none: 'Здесь ещё нет лора. Добавьте его командой `/lore add`.',
  unnamed: 'Лор',
  entries,
  usedHere: 'действует в этой истории',
  useHere: 'Взять в эту историю',
  leaveOut: 'Исключить из этой истории',
  used: (user, name) => `-# <@${user}> берёт в эту историю **${name}**.`,
  left: (user, name) => `-# <@${user}> исключает из этой истории **${name}**.`,
  given: (character, name) => `Теперь **${character}** знает **${name}**.`,
  hidden: 'Записи может прочесть только автор и те, у кого есть право «Управлять сервером».',
  always: 'всегда',
  on: (keys) => `на слова: ${keys}`,
  and: (keys) => `вместе с: ${keys}`,
  chance: (percent) => `в ${percent} % случаев`,
  knownBy: (names) => `знают: ${names}`,
  off: 'выключено',
  page: (page, pages) => `Страница ${page} из ${pages}`,
  previous: '◀',
  next: '▶',
  written: (name, book) => `Запись **${name}** есть в книге **${book}**.`,
  removed: (name, book) => `Записи **${name}** больше нет в книге **${book}**.`,
  removing: {
    question: (book, n) =>
      `Убрать **${book}** (${entries(n)})? Истории больше не будут к ней обращаться.`,
    button: 'Убрать',
    done: (book) => `Книги **${book}** больше нет.`,
  },
  imported: (book, n) => `Книга **${book}** здесь: ${entries(n)}.`,
  notes: (n) => `Не понято и пропущено: ${count(n, 'место', 'места', 'мест')}.`,
  exported: (book) => `**${book}**, для любой программы, которая читает лорбуки.`,
};

export const loreRefusals: Worded<typeof english.loreRefusals> = {
  'unknown-book': () => 'Такого лорбука здесь нет. Выберите из списка.',
  'unknown-lore': () => 'Такой записи нет. Выберите из списка.',
  'books-full': ({ most }) =>
    `Здесь уже ${count(Number(most), 'лорбук', 'лорбука', 'лорбуков')}, больше не поместится. Сначала уберите какой-нибудь.`,
  'book-full': ({ most }) =>
    `В этом лорбуке уже ${entries(Number(most))}, больше не поместится. Начните другой.`,
  'broken-book': () => 'Этот файл не лорбук. Пришлите лорбук в JSON, не больше 8 МБ.',
  'broken-entry': ({ field }) =>
    `${(fields as Record<string, string>)[String(field)] ?? 'Часть записи'}: не заполнено или слишком длинно. Исправьте и попробуйте ещё раз.`,
  'not-your-book': ({ author }) =>
    author === NOBODY
      ? 'Это могут только те, у кого есть право «Управлять сервером». Попросите кого-то из них.'
      : `Это может только <@${String(author).replace('user:', '')}>, автор этого лорбука, и те, у кого есть право «Управлять сервером». Попросите кого-то из них.`,
};
