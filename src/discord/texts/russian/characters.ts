import { NOBODY } from '../../../engine/erasure.ts';
import type * as english from '../characters.ts';
import type { Worded } from '../worded.ts';
import { count, figure } from './count.ts';

const fields: Worded<typeof english.characterTexts.fields> = {
  name: 'Имя',
  pronouns: 'Местоимения',
  summary: 'Одной строкой',
  persona: 'Кто это',
  colour: 'Цвет',
  kickoff: 'Как начинается история',
  place: 'Где',
  time: 'Когда',
  greeting: 'Первые слова',
  alternateGreetings: 'Другие первые слова',
  traits: 'Черты',
  voice: 'Как говорит',
  backstory: 'Прошлое',
  relationship: 'Отношение к тем, кто приходит',
  frame: 'Как писать',
  instructions: 'Напоминание после истории',
  markdown: 'Заголовки и блоки кода',
  picture: 'Картинка',
};

export const characterTexts: Worded<typeof english.characterTexts> = {
  fields,
  hints: {
    summary: 'Видно там, где выбирают персонажа',
    colour: 'Например, #c9784a',
    kickoff: 'Что уже случилось; {{user}} — тот, кто играет',
    greeting: 'Что персонаж скажет первым, если скажет',
    alternateGreetings: 'Разделяйте их строкой ---',
    traits: 'Через запятую',
    voice: 'Фразы персонажа, каждая с новой строки',
    relationship: 'Как персонаж встречает незнакомых',
    frame: 'Вместо обычной манеры письма',
    instructions: 'Читается последним, перед каждым ответом',
    picture: 'PNG, JPEG, GIF или WebP',
  },
  tooLongForForm: (length) =>
    `${count(length, 'знак', 'знака', 'знаков')}; останутся как есть, если не заполнять`,
  parts: {
    basics: 'Основное',
    opening: 'Начало',
    voice: 'Голос',
    ways: 'Манера письма',
    picture: 'Картинка',
  },
  markdown: { yes: 'Можно', no: 'Нельзя' },
  done: 'Готово',
  discard: 'Выбросить',
  edit: 'Изменить',
  retire: 'Убрать',
  markAdult: 'Пометить: для взрослых',
  unmarkAdult: 'Снять пометку «для взрослых»',
  adult: 'Для взрослых',
  adultIs: 'только в каналах с возрастным ограничением',
  unnamed: 'Новый персонаж',
  missing: (names) => `Ещё не заполнено: ${names.join(', ').toLowerCase()}.`,
  ready: 'Всё нужное есть. Нажмите «Готово», чтобы сохранить.',
  empty: 'пока пусто',
  asUsual: 'как обычно',
  own: 'своя',
  footer: 'Это видите только вы. Черновик хранится неделю.',
  greetings: (n) => `${count(n, 'начало', 'начала', 'начал')} на выбор`,
  traitsAndLines: (traits, lines) =>
    [
      traits === 0 ? '' : count(traits, 'черта', 'черты', 'черт'),
      lines === 0 ? '' : count(lines, 'реплика', 'реплики', 'реплик'),
    ].filter(Boolean),
  past: (length) => `прошлое, ${count(length, 'знак', 'знака', 'знаков')}`,
  lore: 'Лор',
  entries: (n) => count(n, 'запись', 'записи', 'записей'),
  written: (name) => `Персонаж **${name}** готов. Начните историю командой \`/start\`.`,
  rewritten: (name) =>
    `Персонаж **${name}** переписан. В историях, которые уже идут, он остаётся прежним.`,
  discarded: 'Черновик выброшен. Ничего не сохранено.',
  card: {
    title: (name) => `Добавить персонажа ${name}?`.slice(0, 256),
    form: 'Карточка',
    formIs: (form, version) => `${form.toUpperCase()}, версия ${version}`,
    by: 'Автор',
    openings: 'Начала',
    cut: 'Слишком длинное, обрезано',
    cutTo: (field, had, limit) =>
      `${field}: ${count(had, 'знак', 'знака', 'знаков')}, из них останется ${figure(limit)}`,
    noEffect: 'Сохранится для выгрузки, здесь не действует',
    more: (n) => `и ещё ${figure(n)}`,
    confirm: 'Добавить',
    footer: 'Пока вы не нажмёте кнопку, ничего не сохранится.',
  },
  show: {
    writtenBy: 'Автор',
    troupe: 'Troupe',
    firstWords: 'Первые слова',
    revision: (n) => `Версия ${n}`,
    retired: 'убран из списка',
    adult: 'для взрослых',
    useHere: 'Взять в эту историю',
    usedHere: (user, name) => `-# <@${user}>: **${name}** с этого места играет по новой версии.`,
  },
  sharing: {
    title: 'Другие истории',
    means: (shares) =>
      shares
        ? 'Случившееся в одной истории здесь может всплыть в другой, перед теми, кто мог это прочесть и там; но не сказанное шёпотом, не записанное вручную и не сыгранное в закрытой ветке.'
        : 'Каждая история сама по себе: случившееся в одной не всплывает в другой.',
    change: (shares) => (shares ? 'Связать истории' : 'Разделить истории'),
    told: (user, name, shares) =>
      shares
        ? `-# <@${user}>: **${name}** теперь может вспомнить в одной истории то, что было в другой.`
        : `-# <@${user}>: **${name}** больше не переносит ничего из одной истории в другую.`,
    begins: (names) =>
      `${names}: здесь может всплыть то, что было в других историях этого сервера, а там — то, что будет здесь.`,
  },
  list: {
    title: 'Персонажи',
    empty: 'Здесь ещё нет персонажей. Напишите первого командой `/character create`.',
    own: 'Ваши',
    others: 'Остальные',
    retired: 'Убраны из списка',
    page: (page, pages) => `Страница ${page} из ${pages}`,
    previous: '◀',
    next: '▶',
  },
  retiring: {
    question: (name) =>
      `Убрать персонажа **${name}** из списка? Начатые истории продолжатся, новых с ним не начать. Вернуть его можно, изменив.`,
    done: (name) => `Персонаж **${name}** убран из списка. Вернуть его можно, изменив.`,
  },
  exported: (name) => `**${name}**, карточкой.`,
};

const fieldName = (field: string | number | undefined): string =>
  (fields as Record<string, string>)[String(field)] ?? 'Часть анкеты';

export const characterRefusals: Worded<typeof english.characterRefusals> = {
  'broken-sheet': ({ field, limit }) =>
    field === 'name' && !limit
      ? 'Такое имя не подойдёт: оно пустое или содержит «clyde» или «discord». Дайте другое.'
      : field === 'colour'
        ? 'Это не цвет. Напишите его так: `#c9784a`.'
        : `${fieldName(field)}: ${limit ? `слишком длинно, не больше ${limit}` : 'не заполнено'}. Исправьте и попробуйте ещё раз.`,
  'never-shared': () =>
    'Истории в личных сообщениях никогда не пересекаются. Сделайте это на сервере.',
  'draft-gone': () => 'Этот черновик больше не хранится. Начните заново.',
  'not-your-character': ({ author, name }) =>
    author === NOBODY
      ? 'Это могут только те, у кого есть право «Управлять сервером». Попросите кого-то из них.'
      : String(author).startsWith('user:')
        ? `Это может только <@${String(author).slice('user:'.length)}>, автор персонажа ${name}, и те, у кого есть право «Управлять сервером». Попросите кого-то из них.`
        : `Персонаж ${name} входит в Troupe: это могут только те, у кого есть право «Управлять сервером». Попросите кого-то из них.`,
  'file-too-large': ({ megabytes }) =>
    `Файл слишком большой. Пришлите файл не больше ${megabytes} МБ.`,
  'file-gone': () => 'Не удалось получить этот файл у Discord. Пришлите его ещё раз.',
};
