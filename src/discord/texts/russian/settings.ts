import type * as english from '../settings.ts';
import type { Worded } from '../worded.ts';
import { count, figure } from './count.ts';

export const settingsTexts: Worded<typeof english.settingsTexts> = {
  title: 'Настройки этого сервера',
  rights: 'Кому что можно',
  limits: 'Пределы на день',
  adults: 'Персонажи для взрослых',
  language: 'Язык того, что читают все',
  rightNames: {
    speak: 'Говорить в историях',
    start: 'Начинать истории',
    regenerate: 'Просить другой ответ',
    branch: 'Ответвлять истории',
    rewind: 'Возвращать истории назад',
    reset: 'Начинать заново, откладывать',
    'edit-state': 'Менять то, что есть в истории',
    'author-characters': 'Писать персонажей',
    configure: 'Менять эти настройки',
  },
  usually: {
    everyone: 'все',
    owner: 'владелец истории, «Управлять каналами»',
    managers: '«Управлять сервером»',
  },
  limit: (turns, tokens) =>
    [
      turns === 0 ? null : count(turns, 'сообщение', 'сообщения', 'сообщений'),
      tokens === 0 ? null : count(tokens, 'токен', 'токена', 'токенов'),
    ]
      .filter((part) => part !== null)
      .join(', ') || 'нет',
  limitOf: { person: 'Каждый участник', home: 'Весь сервер' },
  adultsIn: {
    'age-restricted': 'В каналах с возрастным ограничением',
    nowhere: 'Нигде',
  },
  languages: { discord: 'Как у сервера в Discord', en: 'English', ru: 'Русский' },
  pick: 'Дать право ролям…',
  setLimits: 'Задать пределы',
  grant: {
    title: (right) => `Кому можно: ${String(right).toLowerCase()}`.slice(0, 256),
    text: (usually) =>
      `Выберите роли, которым это можно. Если не выбрать ни одной, будет как обычно: ${usually}. У кого есть право «Управлять сервером», тому можно всегда.`,
    pick: 'Роли',
    back: 'Назад',
  },
  form: {
    title: 'Пределы на день',
    personTurns: 'Сообщений у каждого участника',
    personTokens: 'Токенов на каждого участника',
    homeTurns: 'Сообщений на всём сервере',
    homeTokens: 'Токенов на весь сервер',
    hint: 'Пусто: без предела. День кончается в полночь по UTC.',
  },
  only: 'Это настраивают на сервере. В личных сообщениях всё решаете вы.',
  usedUp: (until) =>
    `Ваша доля на сегодня исчерпана. Написанное останется в истории; напишите снова <t:${until}:R>, и вам ответят.`,
  allUsedUp: (until) =>
    `Доля этого сервера на сегодня исчерпана. Написанное останется в истории; напишите снова <t:${until}:R>, и вам ответят.`,
};

export const settingsRefusals: Worded<typeof english.settingsRefusals> = {
  'limit-reached': ({ whose, until }) =>
    `${whose === 'person' ? 'Ваша доля' : 'Доля этого сервера'} на сегодня исчерпана. Попробуйте снова <t:${until}:R>.`,
  'bad-limit': ({ most }) =>
    `Предел — это целое число от 1 до ${figure(Number(most))}. Оставьте пустым, если он не нужен.`,
};
