import type * as english from '../travel.ts';
import type { Worded } from '../worded.ts';
import { count } from './count.ts';

export const travelTexts: Worded<typeof english.travelTexts> = {
  rewind: {
    title: 'Вернуть историю назад',
    question: (words) => `История вернётся сюда:\n> ${words}`,
    goes: 'Что уйдёт',
    turns: (n) => count(n, 'сообщение', 'сообщения', 'сообщений'),
    scenes: (n) => count(n, 'сцена', 'сцены', 'сцен'),
    relationships: (n) =>
      count(n, 'перемена в отношениях', 'перемены в отношениях', 'перемен в отношениях'),
    memories: (n) => count(n, 'воспоминание', 'воспоминания', 'воспоминаний'),
    nothing: 'ничего',
    footer: 'Это можно отменить, пока история не пошла дальше.',
    confirm: 'Вернуть',
    done: 'История возвращена.',
    choice: (back, name, words) => `на ${back} назад · ${name}: ${words}`,
    told: (user, n) =>
      `-# <@${user}> возвращает историю на ${count(n, 'сообщение', 'сообщения', 'сообщений')} назад.`,
  },
  cancel: 'Оставить так',
  undo: {
    button: 'Вернуть как было',
    told: (user) => `-# <@${user}> возвращает всё как было.`,
    over: 'История пошла дальше',
  },
  save: {
    done: (name) => `Этот момент сохранён как **${name}**. Вернуться к нему: \`/load\`.`,
  },
  load: {
    told: (user, name) => `-# <@${user}> переносит историю к моменту **${name}**.`,
    done: 'Теперь история там.',
  },
  reset: {
    title: (name) => `${name}: начать заново`.slice(0, 45),
    warning: (name, alone) =>
      alone
        ? `История вернётся к тому, что было до начала. Со следующим сообщением ${name} откроет её заново.`
        : `${name} забудет всё, что было, а отношения со всеми начнутся заново.`,
    label: (name) => `Введите имя: ${name}`.slice(0, 45),
    done: (name) => `${name} начинает заново.`,
    told: (user, name) => `-# <@${user}>: **${name}** начинает заново.`,
  },
};

export const travelRefusals: Worded<typeof english.travelRefusals> = {
  'name-not-typed': ({ name }) =>
    `Ничего не сделано: имя не совпало. Попросите ещё раз и введите ${name ?? 'имя'}.`,
};
