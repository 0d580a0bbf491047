import type * as english from '../chats.ts';
import type { Worded } from '../worded.ts';
import { count, plural } from './count.ts';
import { permissionName } from './permissions.ts';

export const chatTexts: Worded<typeof english.chatTexts> = {
  branchedOff: (story, link) =>
    link === null
      ? `Ответвление от начала истории **${story}**.`
      : `Ответвление от истории **${story}**, [вот отсюда](${link}). Всё до этого места у них общее.`,
  point: (name, text) =>
    text === null ? `Сохранено: ${name}` : `${name}: ${text.replaceAll('\n', ' ')}`,
  goOn: 'Напишите сообщение, чтобы продолжить отсюда.',
  branched: (channel) => `Ветка начинается в <#${channel}>.`,
  branchWaits: (name) =>
    `**${name}** ждёт вас. Перейти к ней можно кнопкой или командой \`/chat switch\`.`,
  takeUp: 'Продолжить её здесь',
  branchThere: 'Ответвить оттуда',
  begun: (name, channel) => `**${name}** начинается в <#${channel}>.`,
  listTitle: 'Истории здесь',
  listEmpty: 'Здесь ещё не было истории, которую вы могли бы видеть. Начните с `/start`.',
  listFooter: (page, pages) => `Страница ${page} из ${pages}`,
  listEntry: (name, characters, played, where) =>
    `**${name}**\n${characters === '' ? '' : `${characters} · `}<t:${played}:R> · ${where}`,
  waits: 'ждёт',
  putAway: 'отложена',
  previous: '◀',
  next: '▶',
  switched: (user, name) => `<@${user}> продолжает здесь историю **${name}**.`,
  renamed: (user, name) => `-# <@${user}> даёт истории имя **${name}**.`,
  archived: (user, name) =>
    `-# <@${user}> откладывает историю **${name}**. Вернуть её: \`/chat switch\`.`,
  archive: {
    question: (name) =>
      `Отложить **${name}**? Ничего не пропадёт, а вернуть её можно командой \`/chat switch\`.`,
    button: 'Отложить',
    done: 'История отложена.',
  },
  settings: {
    title: (name) => `Настройки: ${name}`.slice(0, 256),
    answers: 'Кто отвечает',
    note: 'Заметка автора',
    instructions: 'Указания после истории',
    sampling: 'Сэмплинг',
    budget: 'Объём',
    none: 'как настроен бот',
    noteAt: (depth, text) =>
      `${depth} ${plural(depth, 'сообщение', 'сообщения', 'сообщений')} от конца: ${text}`,
    budgetIs: (soft, hard) => `${count(soft, 'токен', 'токена', 'токенов')}, не больше ${hard}`,
    edit: 'Изменить',
    modes: {
      addressed: 'Тот, к кому обращаются',
      everyone: 'Все, друг за другом',
      round: 'По кругу, по одному',
      talkative: 'Кто разговорчивее',
    },
    fields: {
      note: 'Заметка автора',
      depth: 'Сообщений от конца (от 0 до 40)',
      instructions: 'Указания',
      temperature: 'Температура (от 0 до 2)',
      topP: 'Top P (от 0 до 1)',
      maxTokens: 'Самый длинный ответ, в токенах',
      stop: 'Остановиться на (по строке, до 4)',
      penalties: 'Штрафы за частоту и повтор (от -2 до 2)',
      soft: 'К скольким токенам стремиться (от 500)',
      hard: 'Сколько токенов самое большее (от 500)',
    },
  },
  transcript: {
    cast: (names) => `В ролях: ${names}`,
    whispers: (name, to) => `${name} (шёпотом, для ${to})`,
  },
  exported: (name, turns) => `**${name}**, ${count(turns, 'сообщение', 'сообщения', 'сообщений')}.`,
};

export const chatRefusals: Worded<typeof english.chatRefusals> = {
  'unknown-story': () => 'Такой истории здесь нет. Выберите из списка.',
  'played-elsewhere': () => 'Эта история идёт в другом канале. Сначала отложите её там.',
  'may-not-open': ({ permission }) =>
    `Мне нельзя открыть для неё место. Дайте мне здесь право «${permissionName(permission)}» и попробуйте ещё раз.`,
  'nowhere-to-open': () =>
    'Отсюда нельзя открыть новое место. Попросите в текстовом канале сервера.',
  'only-characters': () => 'Шёпот слышит только персонаж, который рядом. Выберите из списка.',
  'bad-setting': ({ field }) =>
    `Поле «${field}» не принимает такое значение. Посмотрите, что в нём может быть, и попробуйте ещё раз.`,
  'nothing-to-export': () => 'Вы ещё ничего не видели в этой истории. Сначала поиграйте в ней.',
};
