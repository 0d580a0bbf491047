/** What the list of slash commands and message menus says, by what their files say in English. */
export const commandTexts: Readonly<Record<string, string>> = {
  // play
  'Begin a story here with a character': 'Начать здесь историю с персонажем',
  'Who you want to play with': 'С кем вы хотите играть',
  'Who else is there from the beginning': 'Кто ещё участвует с самого начала',
  'Stop the reply that is being written, keeping what is there':
    'Остановить ответ, который сейчас пишется; написанное останется',
  'Have the character go on where the last reply ended':
    'Попросить персонажа продолжить с того места, где кончился ответ',
  'Say something to one character that nobody else hears':
    'Сказать одному персонажу то, чего больше никто не услышит',
  'Whom you whisper to': 'Кому вы шепчете',
  'What you say': 'Что вы говорите',

  // travel
  'Have the newest reply told anew': 'Рассказать последний ответ заново',
  'What you want of it; nobody in the story hears of this':
    'Каким он должен быть; в истории об этом никто не узнает',
  'Change your own last words first': 'Сначала изменить свои последние слова',
  'Look at the other versions of a reply, and choose one':
    'Посмотреть другие варианты ответа и выбрать один',
  'A link to the reply; the newest where you leave it out':
    'Ссылка на ответ; если не указать, последний',
  'Take the story back to an earlier point': 'Вернуть историю к более раннему месту',
  'How many messages back, or which one to return to':
    'На сколько сообщений назад или к какому из них вернуться',
  'Take the last move of the story back instead': 'Вместо этого отменить последний переход истории',
  'Keep this point of the story under a name': 'Сохранить этот момент истории под именем',
  'What to call this point': 'Как назвать этот момент',
  'Take the story to a point that was kept': 'Перенести историю к сохранённому моменту',
  'Which point': 'Какой момент',
  'Have a character begin anew, as if nothing had happened':
    'Начать персонажа заново, будто ничего не было',
  'Who begins anew': 'Кто начинает заново',
  'Rewind to here': 'Вернуть историю сюда',
  Regenerate: 'Рассказать заново',
  'Why this reply?': 'Почему такой ответ?',
  'Remember this': 'Запомнить это',
  'Tell it another way from some point on, in a thread of its own':
    'Рассказать с какого-то места иначе, в отдельной ветке',
  'After which words or saved point; where the story stands, if you leave it out':
    'После каких слов или какого момента; если не указать, с текущего места',
  'Branch from here': 'Ответвить отсюда',

  // stories
  'Begin a fresh story, with the same character or another':
    'Начать новую историю с тем же персонажем или с другим',
  'Where to play it; here, if you leave it out': 'Где играть; если не указать, здесь',
  here: 'здесь',
  'in a thread': 'в ветке',
  'in a channel of its own': 'в отдельном канале',
  'in a private thread for you': 'в приватной ветке для вас',
  'Who you want to play with; the same as here, if you leave it out':
    'С кем вы хотите играть; если не указать, с тем же, что и здесь',
  'The stories here: list, switch, rename, put away, set up, export':
    'Истории здесь: список, переход, имя, откладывание, настройки, выгрузка',
  'Every story that you may know of': 'Все истории, о которых вам можно знать',
  'Take up a story that waits or was put away in this channel':
    'Продолжить в этом канале историю, которая ждёт или отложена',
  'Which story': 'Какую историю',
  'Give the story here another name': 'Дать здешней истории другое имя',
  'What it is to be called': 'Как её назвать',
  'Put the story here away': 'Отложить здешнюю историю',
  'How the story here is told': 'Как рассказывается здешняя история',
  'What you have witnessed of the story here, as a file':
    'То, что вы видели в здешней истории, файлом',
  'To read, or for a program; to read, if you leave it out':
    'Для чтения или для программы; если не указать, для чтения',
  'to read (Markdown)': 'для чтения (Markdown)',
  'for a program (JSON)': 'для программы (JSON)',

  // world
  'Where the story is, and who is there': 'Где идёт история и кто там',
  'Where the story is, when, and who is there': 'Где и когда идёт история и кто там',
  'Open a scene in a place, with everyone who is there':
    'Открыть сцену в каком-то месте, со всеми, кто там',
  'A place of the story, or a new one by its name': 'Место из истории или название нового',
  'When it is, in words': 'Когда это, словами',
  'How it begins': 'С чего она начинается',
  'End the scene; everyone keeps their own account of it':
    'Закончить сцену; каждый запомнит её по-своему',
  'How much it matters, from 0 to 3; 1 if you leave it out':
    'Насколько это важно, от 0 до 3; если не указать, 1',
  'Have someone go to another place': 'Отправить кого-то в другое место',
  Who: 'Кто',
  'Have someone come in, leave, fall asleep or wake':
    'Кто-то входит, уходит, засыпает или просыпается',
  'What they do': 'Что происходит',
  'comes in': 'входит',
  leaves: 'уходит',
  'falls asleep': 'засыпает',
  wakes: 'просыпается',
  'steps away': 'отходит ненадолго',
  'What the weather is like': 'Какая погода',
  'In words; nothing to speak of, if you leave it out':
    'Словами; если не указать, ничем не примечательная',
  "The story's own time": 'Время внутри истории',
  'Let time pass in the story, or set it back': 'Сдвинуть время истории вперёд или назад',
  'How much; less than nothing sets the clock back': 'На сколько; меньше нуля вернёт часы назад',
  'Of what': 'Чего',
  minutes: 'минут',
  hours: 'часов',
  days: 'дней',
  weeks: 'недель',
  "Say what the story's days are counted from": 'Сказать, от чего считать дни истории',
  'Such as "Day 1 = the first frost"': 'Например, «День 1 = первые заморозки»',
  'What a character remembers, as far as you witnessed it too':
    'Что помнит персонаж из того, чему и вы были свидетелем',
  'Everything that a character remembers': 'Всё, что помнит персонаж',
  'Which character; the only one, if you leave it out':
    'Какой персонаж; если он один, можно не указывать',
  'What a character remembers about something': 'Что персонаж помнит о чём-то',
  'About what': 'О чём',
  'Have a character remember something': 'Дать персонажу что-то запомнить',
  'In the words of the character': 'Словами персонажа',
  'Have a character keep a memory in mind':
    'Закрепить воспоминание, чтобы персонаж помнил о нём всегда',
  'Which memory': 'Какое воспоминание',
  'Let a memory come to mind only when it fits': 'Открепить: вспоминать, только когда подходит',
  'Have a character remember something otherwise': 'Изменить то, что персонаж помнит',
  'Have a character forget something': 'Дать персонажу что-то забыть',
  'What a character would see before its next reply, and how much room it takes':
    'Что персонаж прочтёт перед следующим ответом и сколько места это займёт',
  'What the story holds, as far as you witnessed it, and the ways to change it':
    'Что есть в истории из того, чему вы свидетель, и как это изменить',
  'What to look at; the scene, if you leave it out': 'На что посмотреть; на сцену, если не указать',
  Scene: 'Сцена',
  Cast: 'Участники',
  Relationships: 'Отношения',
  Memories: 'Воспоминания',
  'Story so far': 'Что было раньше',
  Lore: 'Лор',
  Settings: 'Настройки',
  'Changes by hand': 'Правки вручную',

  // people
  'Characters: write, look at, share, import, export, retire':
    'Персонажи: написать, посмотреть, связать истории, добавить, выгрузить, убрать',
  'Write a new character, or go on with the one that you began':
    'Написать нового персонажа или продолжить начатого',
  'PNG, JPEG, GIF or WebP; it can be added later': 'PNG, JPEG, GIF или WebP; можно добавить потом',
  'Rewrite a character of yours': 'Переписать своего персонажа',
  'Which character': 'Какой персонаж',
  'Look at a character': 'Посмотреть персонажа',
  'The characters that can be played here': 'Персонажи, с которыми здесь можно играть',
  'Add a character from a card: PNG, JSON or CharX':
    'Добавить персонажа из карточки: PNG, JSON или CharX',
  'The card': 'Карточка',
  'Get a character as a card': 'Выгрузить персонажа карточкой',
  'What kind of file; a picture with the card in it, if you leave it out':
    'Какой файл; если не указать, картинка с карточкой внутри',
  PNG: 'PNG',
  JSON: 'JSON',
  CharX: 'CharX',
  'Whether a character of yours brings up in one story what happened in another':
    'Вспоминает ли ваш персонаж в одной истории то, что было в другой',
  'Apart, as usual, or meeting in its memory': 'Порознь, как обычно, или вместе в его памяти',
  apart: 'порознь',
  meeting: 'вместе',
  'Take a character of yours off the list; stories go on with it':
    'Убрать своего персонажа из списка; начатые истории продолжатся',
  'Lorebooks: what is known of the world when the talk comes to it':
    'Лорбуки: что известно о мире, когда о нём заходит речь',
  'The lorebooks here, or what is in one': 'Здешние лорбуки или то, что в одном из них',
  'Which one; all of them, if you leave it out': 'Какой; если не указать, все',
  'Write an entry': 'Написать запись',
  'Into which book; a new one, if you leave it out': 'В какую книгу; если не указать, в новую',
  'Known whatever is talked about': 'Известно всегда, о чём бы ни шла речь',
  'How often it comes up when it could, in percent':
    'Как часто всплывает, когда могла бы, в процентах',
  'Lower ones are told first; higher ones are kept when there is little room':
    'Меньшие идут первыми; большие остаются, когда мало места',
  'How many messages back its words are looked for': 'На сколько сообщений назад искать её слова',
  'Rewrite an entry of yours': 'Переписать свою запись',
  'Which entry': 'Какую запись',
  'Take away an entry or a whole book of yours': 'Убрать свою запись или целую книгу',
  'Which book, with all that is in it': 'Какую книгу, со всем, что в ней',
  'Have the story here draw on a book, or give it to a character of yours':
    'Взять книгу в здешнюю историю или дать её своему персонажу',
  'Which book': 'Какую книгу',
  'Who is to know it in every story from now on': 'Кто отныне будет знать её во всех историях',
  'Add a lorebook from a file, or from a character card':
    'Добавить лорбук из файла или из карточки персонажа',
  'The lorebook as JSON, or a card that holds one': 'Лорбук в JSON или карточка, в которой он есть',
  'What it is to be called here': 'Как его здесь назвать',
  'Get a lorebook of yours as a file': 'Выгрузить свой лорбук файлом',
  'How you appear in stories': 'Кто вы в историях',
  'Your name, pronouns and description': 'Ваши имя, местоимения и описание',
  'For the story in this channel only': 'Только для истории в этом канале',
  'How you appear': 'Кто вы для других',
  'Appear by your Discord name again': 'Снова зваться именем из Discord',
  'What is stored about you: have it as a file, or erase it':
    'Что о вас хранится: получить файлом или стереть',
  'All that is stored about you, as a file': 'Всё, что о вас хранится, файлом',
  'Erase what is yours for good; you are told first what goes and what stays':
    'Стереть своё навсегда; сначала будет сказано, что исчезнет и что останется',
  'What becomes of characters and lorebooks you made; they stay if you leave it out':
    'Что станет с вашими персонажами и лорбуками; если не указать, они останутся',
  'stay, without my name': 'остаются без моего имени',
  'go, too': 'исчезают тоже',
  'How this server plays: who may do what, limits, language':
    'Как играют на этом сервере: кому что можно, пределы, язык',

  // about
  'Whether all is well; for whoever manages the server, how Troupe runs':
    'Всё ли в порядке; для тех, кто управляет сервером, — как работает Troupe',
  'What this is, and what you can do': 'Что это и что здесь можно делать',
};
