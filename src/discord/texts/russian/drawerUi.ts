import type * as english from '../drawerUi.ts';
import type { Worded } from '../worded.ts';
import { count, figure } from './count.ts';

const tokens = (n: number): string => count(n, 'токен', 'токена', 'токенов');

export const drawerUiTexts: Worded<typeof english.drawerUiTexts> = {
  receipt: {
    why: 'Почему такой ответ',
    unknown: 'Из чего сложился этот ответ, неизвестно.',
    next: (name) => `Что прочтёт сейчас ${name}`.slice(0, 256),
    room: (name, read, most) =>
      `Перед этим ответом ${name} читает ${tokens(read)}, а места есть на ${figure(most)}.`,
    roomNext: (name, read, most) =>
      `Перед следующим ответом ${name} прочтёт ${tokens(read)}, а места есть на ${figure(most)}.`,
    made: 'Из чего это сложено',
    sections: {
      rules: 'Как играть',
      character: 'Кто такой персонаж',
      'character, continued': 'Его прошлое и голос',
      world: 'Лор мира',
      'earlier scenes': 'Прежние сцены, вкратце',
      memories: 'Воспоминания',
      scene: 'Место, время и кто что делает',
      people: 'Отношение к тем, кто рядом',
      'known facts': 'Что персонаж о них знает',
      story: 'Последние сообщения',
      "author's note": 'Заметка автора',
      instructions: 'Указания',
    },
    share: (n, percent) => `${figure(n)} · ${percent === 0 ? 'меньше 1' : percent} %`,
    remembered: 'Что вспомнилось',
    unwitnessed: '*то, чему вы не были свидетелем*',
    pinned: '📌',
    kept: 'закреплено, поэтому есть всегда',
    leftOut: 'не вошло',
    because: {
      words: 'подходит к сказанному',
      beside: 'было рядом с тем, что подходит',
      date: 'близко к названному дню',
      figure: 'отвечает, когда или сколько',
      significance: 'это важно',
    },
    more: (n) => `и ещё ${figure(n)}`,
    cut: 'Что не поместилось',
    cutSoft: (names, most) =>
      `${names}: остальное уже заняло ${tokens(most)}, на которые рассчитан ответ.`,
    cutHard: (names, most) =>
      `${names}: остальное уже заняло ${tokens(most)}, больше модель не примет.`,
    parts: {
      weather: () => 'погода',
      backstory: (n) => count(n, 'часть прошлого', 'части прошлого', 'частей прошлого'),
      'voice samples': (n) => count(n, 'образец речи', 'образца речи', 'образцов речи'),
      'older turns': () => 'более ранние сообщения',
      'the last 12 turns': () => 'часть последних сообщений',
      'scene summaries': (n) => count(n, 'прежняя сцена', 'прежние сцены', 'прежних сцен'),
      "the world's lore": (n) => count(n, 'запись лора', 'записи лора', 'записей лора'),
      'known facts': (n) => count(n, 'известный факт', 'известных факта', 'известных фактов'),
      'retrieved memories': () => 'всплывшие воспоминания',
      'pinned memories': (n) =>
        count(
          n,
          'закреплённое воспоминание',
          'закреплённых воспоминания',
          'закреплённых воспоминаний',
        ),
      'what people say of themselves': () => 'что люди говорят о себе',
    },
    fits: 'Поместилось всё.',
    footer: 'Токен короче слова: на русское слово их приходится один или два.',
  },
};
