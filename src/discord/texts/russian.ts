import type { Catalogue, Details, Translation } from '../texts.ts';
import { characterRefusals, characterTexts } from './russian/characters.ts';
import { chatRefusals, chatTexts } from './russian/chats.ts';
import { commandTexts } from './russian/commands.ts';
import { drawerRefusals, drawerTexts } from './russian/drawer.ts';
import { drawerUiTexts } from './russian/drawerUi.ts';
import { loreRefusals, loreTexts } from './russian/lore.ts';
import { personaTexts } from './russian/persona.ts';
import { privacyRefusals, privacyTexts } from './russian/privacy.ts';
import { rightRefusals } from './russian/rights.ts';
import { settingsRefusals, settingsTexts } from './russian/settings.ts';
import { startRefusals, startTexts } from './russian/start.ts';
import { statusTexts } from './russian/status.ts';
import { travelRefusals, travelTexts } from './russian/travel.ts';
import { variantTexts } from './russian/variants.ts';
import { wordTexts } from './russian/words.ts';
import { worldTexts } from './russian/world.ts';

const texts: Catalogue['texts'] = {
  stop: { button: 'Стоп', done: 'Остановлено.' },
  goOn: { button: 'Дальше', done: 'Рассказ идёт дальше.' },
  retry: { button: 'Попробовать ещё раз' },
  chats: chatTexts,
  characters: characterTexts,
  lore: loreTexts,
  world: worldTexts,
  travel: travelTexts,
  variants: variantTexts,
  words: wordTexts,
  drawer: drawerTexts,
  drawerUi: drawerUiTexts,
  keep: { button: 'Играть дальше' },
  start: startTexts,
  persona: personaTexts,
  privacy: privacyTexts,
  settings: settingsTexts,
  status: statusTexts,
  offer: (start) => `Здесь пока не идёт ни одной истории. Начните её: ${start}.`,
  voice: (character) =>
    `Здесь ${character} говорит через меня. Чтобы у персонажа были своё имя и картинка, дайте мне право «Управлять вебхуками» в этом канале.`,
  cut: 'Здесь ответ оборвался.',
  couldNotAnswer: (name) => `${name}: ответа не вышло`,
  couldNotGoOn: (name) => `${name}: продолжения не вышло`,
  unheard:
    'Рядом нет никого, кто это услышит. Подойдите к кому-нибудь или приведите кого-то командой `/scene`.',
  help: {
    title: 'Troupe',
    about:
      'Канал — это история. Выберите персонажа, пишите, что говорите и делаете, и персонаж ответит.\n\n' +
      '`*звёздочки*` — это действия, просто слова — это речь, а `((двойные скобки))` и строки, которые начинаются с `//`, в историю не входят.',
    groups: {
      play: 'Игра',
      travel: 'Ход истории',
      world: 'Мир истории',
      stories: 'Истории',
      people: 'Персонажи и люди',
      about: 'О боте',
    },
    menus: (names) => `**На любом сообщении истории, в меню «Приложения»**\n${names}`,
  },
  tooLate: (user) =>
    `<@${user}>, это дошло до меня слишком поздно, и ничего не сделано. Попробуйте ещё раз.`,
  wentWrong: (id) =>
    `Что-то пошло не так. Попробуйте ещё раз; если повторится, назовите владельцу бота номер ${id}.`,
};

const failures: Catalogue['failures'] = {
  'bad-key': () => 'Модель не принимает ключ. Владельцу бота нужно проверить `LLM_API_KEY`.',
  'unknown-model': () => 'Такой модели нет. Владельцу бота нужно проверить `NARRATIVE_MODEL`.',
  'rate-limited': ({ retryAt }) => `Модель пока больше не принимает. ${later(retryAt)}`,
  unavailable: ({ retryAt }) => `До модели не достучаться. ${later(retryAt)}`,
  'timed-out': () => 'Модель думала слишком долго. Попробуйте ещё раз.',
  'context-too-long': () =>
    'История уже слишком длинна для этой модели. Её примет модель с окном побольше.',
  'prompt-too-long': ({ part, tokens, limit }) =>
    `Слишком длинно для модели. Сократите: ${promptPart(part)}${tokens ? `, сейчас ${tokens} из ${limit}` : ''}.`,
  refused: () => 'Модель отказалась это писать. Попробуйте ещё раз или напишите иначе.',
  'broken-answer': () => 'Модель не ответила ничего, что можно показать. Попробуйте ещё раз.',
  filter: () => 'Модель отказалась писать остальное. Пишите дальше или напишите иначе.',
  restart: () => 'Бот был перезапущен. Пишите дальше или попросите продолжить.',
  lost: () => 'Остальное потерялось. Пишите дальше или попросите продолжить.',
};

const later = (retryAt: string | number | undefined): string =>
  retryAt ? `Попробуйте снова <t:${retryAt}:R>.` : 'Попробуйте снова чуть позже.';

/** The parts of a prompt that can be too long, as the engine names them. */
const promptParts: Readonly<Record<string, string>> = {
  'the frame': 'как писать',
  'the character': 'анкету персонажа',
  'the scene': 'описание сцены',
  'what people are doing': 'кто что делает',
  relationships: 'отношения',
  "the author's note": 'заметку автора',
  'the instructions': 'указания',
  'the last messages': 'последние сообщения',
};

const promptPart = (part: string | number | undefined): string =>
  promptParts[String(part)] ?? 'анкету персонажа';

const brokenCards: Catalogue['brokenCards'] = {
  'too-large':
    'Файл слишком большой или содержит больше, чем говорит. Пришлите карточку не больше 25 МБ.',
  'not-a-card': 'Этот файл не карточка персонажа. Пришлите карточку в JSON, PNG или CharX.',
  'broken-json': 'Карточка в этом файле повреждена. Выгрузите её ещё раз там, где взяли.',
  'too-deep': 'Карточка в этом файле слишком сложно вложена. Выгрузите её ещё раз там, где взяли.',
  'broken-picture': 'Этот PNG повреждён. Скачайте карточку ещё раз.',
  'no-card-in-picture':
    'В этой картинке нет карточки. Чаты и галереи часто её вырезают: пришлите исходный файл.',
  'broken-archive': 'Этот архив повреждён. Скачайте карточку ещё раз.',
  'no-card-in-archive': 'В этом архиве нет карточки. Пришлите файл CharX, в котором она есть.',
  'no-name': 'Имя в этой карточке Discord не примет. Дайте ей другое имя и попробуйте ещё раз.',
};

const refusals: Catalogue['refusals'] = {
  'no-story-here': () => 'Здесь не идёт ни одной истории. Начните её командой `/start`.',
  'story-already-here': () =>
    'Здесь только что начали историю. Напишите сообщение, чтобы войти в неё.',
  'unknown-character': () =>
    'Такого персонажа здесь нет. Выберите из списка, который покажет `/start`.',
  'nothing-to-stop': () => 'Сейчас никто не говорит.',
  'nothing-to-answer': () => 'На всё уже отвечено. Напишите сообщение, чтобы продолжить.',
  'nothing-to-continue': () => 'Продолжать пока нечего. Напишите сообщение, и вам ответят.',
  'nothing-to-undo': () =>
    'История уже пошла дальше. Чтобы вернуться к прежнему, сделайте ответвление.',
  'not-a-reply': () =>
    'Заново рассказать можно только слова персонажа. Выберите одно из его сообщений.',
  'only-opening': () =>
    'Начало такое, каким его написал автор. Напишите сообщение, чтобы продолжить.',
  'nothing-to-regenerate': () =>
    'Рассказывать заново пока нечего. Напишите сообщение, и вам ответят.',
  'not-your-words': () =>
    'Изменить это может только тот, кто это написал. Выберите своё сообщение.',
  'not-a-turn': () => 'Этих слов в истории нет. Выберите сообщение из истории.',
  'already-there': () => 'История уже там. Напишите сообщение, чтобы продолжить.',
  'already-removed': () => 'Это уже убрали. Менять больше нечего.',
  'unknown-save': () => 'В истории нет момента с таким именем. Выберите из списка.',
  'save-elsewhere': () =>
    'Этот момент лежит в другом ответвлении. Чтобы пойти от него, ответвите историю там.',
  'name-taken': () => 'Такое имя уже есть у другого момента истории. Выберите другое.',
  'unknown-entity': ({ names }) =>
    names === undefined
      ? 'В истории нет никого с таким именем. Выберите из списка.'
      : `В истории несколько персонажей: ${names}. Укажите, о ком речь.`,
  'unknown-place': () => 'Такого места в истории нет. Выберите из списка.',
  'scene-open': () => 'Сцена уже идёт. Закройте её, прежде чем открыть другую.',
  'no-scene': () => 'Никакая сцена не идёт. Сначала откройте её.',
  'unknown-memory': () => 'Здесь такого не помнят. Выберите воспоминание из списка.',
  'pins-full': () => 'Все восемь закреплений заняты. Сначала снимите одно.',
  ...characterRefusals,
  ...drawerRefusals,
  ...loreRefusals,
  ...chatRefusals,
  ...privacyRefusals,
  ...rightRefusals,
  ...settingsRefusals,
  ...startRefusals,
  ...travelRefusals,
  'prompt-too-long': (details) => failures['prompt-too-long'](details),
  'broken-card': ({ problem }: Details) =>
    (brokenCards as Record<string, string>)[String(problem)] ?? brokenCards['not-a-card'],
  'broken-picture': () =>
    'Эту картинку использовать нельзя. Пришлите PNG, JPEG, GIF или WebP не больше 25 МБ.',
  'out-of-date': () => 'С тех пор, как это было показано, история пошла дальше.',
};

/** Everything that the bot says, in Russian. */
export const russian: Translation = {
  texts,
  refusals,
  failures,
  brokenCards,
  commands: commandTexts,
};
