import type { Worded } from '../worded.ts';
import type * as english from '../world.ts';

export const worldTexts: Worded<typeof english.worldTexts> = {
  undo: 'Вернуть как было',
  undone: (user) => `-# <@${user}> возвращает всё как было.`,
  scene: {
    title: 'Сцена',
    none: 'Сцена не открыта.',
    where: 'Где',
    when: 'Когда',
    weather: 'Погода',
    here: 'Здесь',
    gone: 'Не здесь',
    nobody: 'никого',
    at: (name, place) => `${name} (${place})`,
    asleep: 'спит',
    away: 'не рядом',
    opened: (user, place, time) =>
      `-# <@${user}> открывает сцену: ${place}${time === '' ? '' : `, ${time}`}.`,
    closed: (user) => `-# <@${user}> закрывает сцену.`,
    moved: (user, who, place) => `-# <@${user}>: ${who} переходит в другое место (${place}).`,
    weatherIs: (user, weather) =>
      weather === null
        ? `-# <@${user}>: погода ничем не примечательна.`
        : `-# <@${user}>: ${weather}.`,
    presence: {
      comes: (user, who) => `-# <@${user}>: ${who} входит.`,
      goes: (user, who) => `-# <@${user}>: ${who} уходит.`,
      sleeps: (user, who) => `-# <@${user}>: ${who} засыпает.`,
      wakes: (user, who) => `-# <@${user}>: ${who} просыпается.`,
      away: (user, who) => `-# <@${user}>: ${who} отходит ненадолго.`,
    },
  },
  time: {
    units: { minutes: 'мин', hours: 'ч', days: 'дн.', weeks: 'нед.' },
    advanced: (user, amount, unit, now) =>
      `-# <@${user}> сдвигает время истории (${amount} ${unit}): ${now}.`,
    anchored: (user, anchor) => `-# <@${user}> ведёт счёт времени заново: ${anchor}.`,
    now: (day, hours) => `день ${day}, с начала прошло ${hours}`,
  },
  memory: {
    title: (name) => `${name}: что в памяти`.slice(0, 256),
    none: 'Нет ничего, чему и вы были свидетелем.',
    page: (page, pages) => `Страница ${page} из ${pages}`,
    pinned: 'закреплено',
    previous: '◀',
    next: '▶',
    told: (user, name) => `-# <@${user}> меняет память персонажа **${name}**.`,
  },
  whisper: {
    answer: (name) => `**${name}** шепчет`,
    earlier: (name) => `До этого **${name}** шепчет вам`,
    restart: 'Бот перезапускается. Ответ придёт, когда вы шепнёте снова.',
    silent: (name) => `${name} не отвечает.`,
  },
};
