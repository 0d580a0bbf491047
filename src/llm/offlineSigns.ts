/** What the offline model takes for a sign of something, in English and Russian. */

/** Words between letters of any alphabet; `\b` knows only the Latin one. */
const words = (pattern: string): RegExp => new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, 'iu');

/** How what someone says or does moves those who perceive it: affinity, trust. */
export const tones: readonly (readonly [Tone, RegExp, number, number])[] = [
  [
    'threat',
    words(
      "i(?: will|'ll)(?: \\p{L}+)? (?:kill|hurt|break|end|destroy) (?:you|him|her|them)|or else|you(?: will|'ll) (?:pay|regret)|threaten\\p{L}*|(?:draws?|raises?|points?) (?:a|an|the|his|her|their|my) (?:sword|knife|gun|blade|dagger|pistol|axe)|убью|пожалеешь|угрожа\\p{L}+|достаю? нож|достаёт нож",
    ),
    -5,
    -6,
  ],
  [
    'blow',
    words(
      '(?:hits?|slaps?|punch(?:es)?|kicks?|stabs?|shoves?|spits? (?:at|on)) (?:him|her|them|you|\\p{Lu}\\p{L}+)|бь(?:ю|ёт)|ударя\\p{L}+|толка\\p{L}+',
    ),
    -6,
    -6,
  ],
  [
    'rude',
    words(
      "shut up|idiot\\p{L}*|stupid|fool|liar|you(?: have|'ve)? lied|i (?:don't|do not) (?:trust|believe) you|moron|pathetic|worthless|go to hell|get lost|i hate you|despise|disgusting|coward|дурак|дура|идиот\\p{L}*|заткнись|лжец|лгунья?|ты (?:врёшь|врешь|лжёшь|лжешь)|(?:вр|лж)ёте|не верю тебе|я тебе не верю|тупиц\\p{L}+|ненавижу тебя|пошёл вон|пошла вон|убирайся|трус\\p{L}*",
    ),
    -3,
    -2,
  ],
  [
    'love',
    words(
      'i(?: do)? love you|in love with you|marry me|kiss(?:es)?|люблю тебя|тебя люблю|цел(?:ую|ует)|выходи за меня',
    ),
    6,
    4,
  ],
  [
    'tender',
    words(
      "hugs?|embraces?|holds? (?:your|his|her|their|\\p{Lu}\\p{L}+'s) hand|takes? (?:your|his|her|their) hand|i (?:care about|missed|like|trust) you|dear|darling|beautiful|proud of you|обнима\\p{L}+|беру за руку|берёт за руку|скуча\\p{L}+ по тебе|доверяю тебе|милая|милый|дорог(?:ой|ая)",
    ),
    4,
    2,
  ],
  [
    'gift',
    words(
      '(?:gives?|hands?|offers?|brings?) (?:you|him|her|them|\\p{Lu}\\p{L}+) (?:a|an|the|this|these|his|her|my|some)|this is for you|a (?:gift|present) for you|протягива\\p{L}+|дарю|дарит|это тебе|для тебя подарок',
    ),
    3,
    2,
  ],
  [
    'help',
    words(
      "helps?(?! (?:me|us)(?!\\p{L}))(?: (?:you|him|her|them))?|let me help|i(?: will|'ll) (?:protect|help|defend) you|помогу|помогает|помогаю|защищу",
    ),
    2,
    3,
  ],
  [
    'sorry',
    words("i(?:'m| am) (?:so |very )?sorry|forgive me|i apologi[sz]e|прости(?:те)?|извини(?:те)?"),
    1,
    2,
  ],
  [
    'polite',
    words(
      'thank you|thanks|please|pleasure|grateful|well met|good (?:morning|evening|day|afternoon)|hello|smiles?|bows?|спасибо|благодар\\p{L}+|пожалуйста|здравствуй\\p{L}*|привет|добр(?:ый|ое) (?:день|вечер|утро)|улыба\\p{L}+|кланя\\p{L}+',
    ),
    2,
    1,
  ],
];
export type Tone =
  | 'threat'
  | 'blow'
  | 'rude'
  | 'love'
  | 'tender'
  | 'gift'
  | 'help'
  | 'sorry'
  | 'polite';

/** Things that people say of themselves: what kind of thing, and the words that say which. */
const rest = '([\\p{L}\\p{N}][^.!?…,;:\\n"”»()*]{0,60})';
export const selfTold: readonly (readonly [Told, RegExp])[] = [
  ['name', /(?:my name is|i am called|call me|меня зовут)\s+(\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?)/giu],
  [
    'fear',
    new RegExp(
      `(?:i am|i'm|i have always been)(?: so| very| terribly)? (?:afraid|scared|terrified) of ${rest}|я(?: очень)? боюсь ${rest}`,
      'giu',
    ),
  ],
  [
    'love',
    new RegExp(
      `i (?:really )?(?:love|adore) (?!you\\b)${rest}|я(?: очень)? (?:люблю|обожаю) (?!тебя|вас)${rest}`,
      'giu',
    ),
  ],
  [
    'hate',
    new RegExp(
      `i (?:really )?(?:hate|cannot stand|can't stand) (?!you\\b)${rest}|я ненавижу (?!тебя|вас)${rest}`,
      'giu',
    ),
  ],
  [
    'home',
    new RegExp(
      `i (?:come from|grew up in|was born in|live in) ${rest}|я (?:живу в|из) ${rest}`,
      'giu',
    ),
  ],
  ['work', new RegExp(`i work (?:as|for|in|at) ${rest}|я работаю ${rest}`, 'giu')],
  [
    'kin',
    /(?:i have|у меня есть) ((?:an? |two |three )?(?:older |younger |twin |little )?(?:brother|sister|son|daughter|wife|husband|dog|cat|брат|сестра|сын|дочь|жена|муж)s?)/giu,
  ],
];
export type Told = 'name' | 'fear' | 'love' | 'hate' | 'home' | 'work' | 'kin';

export const signs = {
  promise: words('i(?: do)? (?:promise|swear|vow)|you have my word|обещаю|клянусь|даю слово'),
  secret: words(
    "(?:a|my|our|the) secret|never told (?:anyone|anybody|a soul)|between (?:us|you and me)|don't tell anyone|секрет\\p{L}*|тайн\\p{L}+|никому не говори\\p{L}*",
  ),
  death: words(
    'killed|murder\\p{L}*|(?:is|are|was) dead|died|buried|уби(?:л|ла|ли|т|та)|умер\\p{L}*|погиб\\p{L}*',
  ),
  joke: words('joke|haha+|hilarious|tells? a joke|шут(?:ка|ит|ишь)|ха-?ха\\p{L}*'),
  done: words(
    "we(?:'re| are) done here|end of (?:the )?scene|the scene ends|that(?:'s| is) all for (?:today|tonight|now)|let(?:'s| us) call it a (?:night|day)|на сегодня вс[её]|мы закончили|конец сцены",
  ),
  together: words(
    "follow(?:s|ing)?|together|we (?:go|walk|head|ride|run)|both|let(?:'s| us) (?:go|walk|head|ride|run|step)|come with (?:me|us)|идём|пойд[её]м(?:те)?|пошли|вместе|следом|следует за",
  ),
  invites: words(
    "let(?:'s| us) (?:go|walk|head|ride|run|step)|come with (?:me|us)|follow me|shall we (?:go|walk|head|ride)|идём(?:те)?|пойд[её]м(?:те)?|пошли",
  ),
} as const;

export const postures: readonly (readonly [RegExp, string, string])[] = [
  [words('sits?(?: down)?|sitting|takes? a seat'), 'sitting', 'en'],
  [words('stands?(?: up)?|gets? up|rises?|gets? to (?:his|her|their|my) feet'), 'standing', 'en'],
  [words('lies? down|lying'), 'lying', 'en'],
  [words('kneels?(?: down)?'), 'kneeling', 'en'],
  [words('сажусь|садится|присажива\\p{L}+|сад(?:имся|ятся)'), 'сидит', 'ru'],
  [words('вста(?:ю|ёт|ет)|поднима(?:юсь|ется)'), 'стоит', 'ru'],
  [words('ложусь|ложится'), 'лежит', 'ru'],
];

export const statuses: readonly (readonly [RegExp, 'asleep' | 'awake' | 'away'])[] = [
  [
    words(
      'falls? asleep|goes? to sleep|dozes? off|drifts? off(?: to sleep)?|засыпа(?:ю|ет)|уснул\\p{L}*|заснул\\p{L}*',
    ),
    'asleep',
  ],
  [words('wakes?(?: up)?|comes? back|returns?|просыпа(?:юсь|ется)|возвраща(?:юсь|ется)'), 'awake'],
  [
    words(
      'leaves?(?! (?:it|the \\p{L}+ (?:on|in|open)|a|an|him|her|them))|walks? (?:out|away|off)|storms? out|runs? (?:off|away|out)|goes? (?:out|away|home)|steps? out(?:side)?|exits?|ухожу|уходит|выхожу|выходит',
    ),
    'away',
  ],
];

/** Somewhere to go; what is close by in a room is no place. */
const goesTo =
  /(?<!\p{L})(?:enters?|(?:go(?:es)?|walks?|heads?|runs?|rides?|climbs?|moves?|slips?|steps?|come with (?:me|us))(?: (?:back|up|down|out|over|quickly|slowly|quietly|together))* (?:to|into|inside|onto|towards?)|(?:иду|идёт|идет|идём(?:те)?|пойд[её]м(?:те)?|пошли|захожу|заходит|бегу|бежит) (?<way>в|во|на|ко?)) (?<goal>(?:the|an?) [\p{L}' -]{3,40}?|(?<=(?:в|во|на|ко?) )[\p{L}-]{3,30})(?=[.,;!?*]|$| and | with | to | together| now| и | с | вместе)/iu;
const nearby =
  /\b(?:windows?|tables?|doors?|doorway|counter|fire|fireplace|hearth|chairs?|bed|bar|desk|shelf|shelves|walls?|corner|stove|bench|mirror|floor|edge|side|middle|left|right|front|ground|feet|knees?|bit|little|few|lot|step|sound|voice|man|woman|girl|boy|stranger)\b|окн|стол|двер|кроват|стул|камин|печ|стен|ног|мест|сторон|голос/iu;

/** Where people are asked along to; null where they are not. */
export function goalIn(speech: string): string | null {
  const sentence = speech.split(/(?<=[.!?…])\s+/).find((each) => signs.invites.test(each));
  return sentence === undefined ? null : placeIn(sentence);
}

/** Where the words say that somebody goes; null for what is close by. */
export function placeIn(text: string): string | null {
  const { way = '', goal } = goesTo.exec(text)?.groups ?? {};
  const name = goal?.trim();
  return name === undefined || nearby.test(name) ? null : asNamed(name, way.toLowerCase());
}

/** A Russian word after its preposition as it stands by itself, by its ending; there are exceptions. */
function asNamed(name: string, way: string): string {
  if (way === '') return name;
  return way.startsWith('к')
    ? name.replace(/е$/, 'а').replace(/у$/, '').replace(/ю$/, 'е').replace(/и$/, 'ь')
    : name.replace(/у$/, 'а').replace(/ю$/, 'я');
}

const many = '\\d+|an?|one|two|three|four|five|six|few|several|some';
const manyRussian = '\\d+|пару|дв[ае]|три|четыре|пять|шесть|несколько';
const passing = (unit: string, russian: string) =>
  words(
    `(?<count>${many}) ${unit} (?:later|pass(?:es)?)|after (?<count>${many}) ${unit}|(?:через|спустя|прош(?:ёл|ло|ла)) (?:(?<count>${manyRussian}) )?(?:${russian})`,
  );

/** Time that is said to pass, in minutes, by the unit; and phrases that say it without one. */
export const skips: readonly (readonly [RegExp, number])[] = [
  [passing('minutes?', 'минут[уы]?'), 1],
  [passing('hours?', 'час(?:а|ов)?'), 60],
  [passing('days?', 'день|дня|дней'), 1_440],
  [passing('weeks?', 'недел[юиья]'), 10_080],
  [
    words(
      '(?<words>(?:the )?next (?:morning|day)|the following (?:morning|day)|наутро|на следующ\\p{L}+ (?:утро|день))',
    ),
    600,
  ],
];
export const counts: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  few: 3,
  several: 4,
  пару: 2,
  два: 2,
  две: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  несколько: 4,
};

export const weathers: readonly (readonly [RegExp, string])[] = [
  [words('(?:begins?|starts?) (?:to rain|raining)|rain begins'), 'rain'],
  [words('(?:begins?|starts?) (?:to snow|snowing)|snow begins'), 'snow'],
  [
    words(
      'the (?:sun comes out|(?:rain|snow|storm) (?:stops|stopped|has stopped|is over)|sky clears)',
    ),
    'clear',
  ],
  [words('a storm (?:breaks|begins|rolls in)|the storm breaks'), 'storm'],
  [
    words('(?:дождь|снег|гроза) (?:кончи|прекрати|закончи)л(?:ся|ась)|проясняется|выходит солнце'),
    'ясно',
  ],
  [words('начина(?:ется|лся) дождь|пош[её]л дождь'), 'дождь'],
  [words('начина(?:ется|лся) снег|пош[её]л снег'), 'снег'],
];

/** An action that tells of something else than whoever does it: "The door creaks." */
export const narration =
  /^(?:the|an?|there|it|its|some(?:where|thing|body|one)|no(?:body|thing| one)|every(?:body|thing|one)|not|for|one|outside|behind|far|where|где-то|кто-то|что-то|никто|ничто|всё|все|свет|кажется|тишина|вдалеке|далеко|снаружи|за этим|на мгновение|на миг|в памяти|вспоминается|одно|откуда-то|сквозняк|собака|птица|колокол|пол|листок|мысль) /iu;

/** What is taken and held without being a thing. */
export const nothingHeld =
  /(?<!\p{L})(?:seats?|hands?|breaths?|steps?|moments?|looks?|time|sips?|bows?|turns?|notes?|care|дыхание|место|время|паузу|слово)(?!\p{L})/iu;

export const holds =
  /(?:picks? up|takes? out|takes?|grabs?|holds?|draws?|беру|берёт|берет|достаю|достаёт) ((?:an?|the|his|her|their|my) [\p{L}-]+(?: [\p{L}-]+)?|[\p{L}-]{3,})/iu;
export const letsGo = words(
  'puts? (?:it )?(?:down|away)|drops?|sets? (?:it )?down|lets? go|кладу|кладёт|роня\\p{L}+|убира(?:ю|ет)',
);
