import type { Worded } from '../worded.ts';
import type * as english from '../words.ts';
import { count, figure, plural } from './count.ts';

export const wordTexts: Worded<typeof english.wordTexts> = {
  purge: {
    question: (owner, n) =>
      n === 1
        ? `<@${owner}>, одно из удалённых сообщений входит в историю. Убрать его и из истории?`
        : `<@${owner}>, в историю ${plural(n, 'входит', 'входят', 'входят')} ${figure(n)} из удалённых сообщений. Убрать их и из истории?`,
    remove: 'Убрать из истории',
    keep: 'Оставить',
    removed: (user, n) =>
      `-# <@${user}> убирает из истории ${count(n, 'удалённое сообщение', 'удалённых сообщения', 'удалённых сообщений')}.`,
    kept: (user) => `-# <@${user}> оставляет удалённые сообщения в истории.`,
  },
  away: {
    skipped:
      '-# Часть того, что здесь написали в моё отсутствие, в историю не вошла: сообщений слишком много или они слишком давние. Повторите то, что важно.',
  },
  remember: {
    title: 'Запомнить это',
    label: 'Что нужно запомнить',
    hint: 'Запомнят все персонажи, которые это видели',
    done: (names) => `Теперь это помнят: ${names}.`,
  },
};
