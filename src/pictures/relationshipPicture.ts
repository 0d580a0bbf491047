/** How one entity came to stand to another, oldest first. */
export interface RelationshipHistory {
  readonly points: readonly RelationshipPoint[];
  /** Where scenes began. */
  readonly scenes: readonly { readonly minutes: number; readonly name: string }[];
}

export interface RelationshipPoint {
  /** Of the story's clock. */
  readonly minutes: number;
  /** 0 to 100. */
  readonly affinity: number;
  readonly trust: number;
}

/** The words in the picture, in the language of whoever it is for. */
export interface PictureWords {
  readonly title: string;
  readonly affinity: string;
  readonly trust: string;
  /** A time of the story, such as "2 h" or "day 3". */
  readonly time: (minutes: number) => string;
}

const WIDTH = 800;
const HEIGHT = 480;
// Large letters: a phone shows it at a third of its width.
const PLOT = { left: 84, right: WIDTH - 28, top: 128, bottom: HEIGHT - 72 };
// On a card of its own, so that it reads the same in a dark and in a light theme.
const COLOURS = {
  card: '#232428',
  frame: '#4e5058',
  grid: '#3f4147',
  words: '#dbdee1',
  quiet: '#a5a8ae',
  affinity: '#f0b132',
  trust: '#5fb8f5',
};
/** Where every relationship starts. */
const STRANGERS: RelationshipPoint = { minutes: 0, affinity: 50, trust: 50 };
const MOST_SCENES = 6;
const MOST_TITLE = 40;
/** Pixels that the name of a scene takes: where the next begins sooner, its name is left out. */
const SCENE_NAME = 190;

/**
 * Affinity and trust over the story's time, with the scenes marked, as SVG. Trust is dashed: the two
 * are told apart without their colours. Changes stand at equal distances, since a story's clock may
 * stand still for an hour of play and then leap a year; the axis says when each end was.
 */
export function relationshipPicture(history: RelationshipHistory, words: PictureWords): string {
  const { scenes } = history;
  const points = history.points.length > 0 ? history.points : [STRANGERS];
  const x = (index: number) => PLOT.left + ((PLOT.right - PLOT.left) * index) / points.length;
  const y = (score: number) => PLOT.bottom - ((PLOT.bottom - PLOT.top) * score) / 100;
  const path = (of: 'affinity' | 'trust') => steps(points.map((each, i) => [x(i), y(each[of])]));
  const grid = [0, 25, 50, 75, 100].map(
    (score) =>
      `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(score)}" y2="${y(score)}" stroke="${COLOURS.grid}"/>` +
      text(`${score}`, PLOT.left - 14, y(score) + 10, { anchor: 'end', colour: COLOURS.quiet }),
  );
  let named = Number.NEGATIVE_INFINITY;
  const marks = scenes.slice(-MOST_SCENES).map(({ minutes, name }) => {
    const next = points.findIndex((point) => point.minutes >= minutes);
    const at = x(next < 0 ? points.length - 1 : next);
    const line = `<line x1="${at}" x2="${at}" y1="${PLOT.top}" y2="${PLOT.bottom}" stroke="${COLOURS.frame}" stroke-dasharray="2 6" stroke-width="2"/>`;
    const room = Math.min(at - named, PLOT.right - at);
    if (room < SCENE_NAME) return line;
    named = at;
    const style = { colour: COLOURS.quiet, size: 24, halo: true };
    return line + text(shortened(name, 12), at + 8, PLOT.bottom - 12, style);
  });
  const ends = [points[0], points.at(-1)].map((point) => words.time(point?.minutes ?? 0));
  const newest = points.at(-1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="DejaVu Sans" font-size="28">`,
    `<rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" rx="14" fill="${COLOURS.card}" stroke="${COLOURS.frame}" stroke-width="2"/>`,
    text(shortened(words.title, MOST_TITLE), 28, 48, { colour: COLOURS.words, size: 30 }),
    ...legend(words, newest),
    ...grid,
    `<path d="${path('affinity')}" fill="none" stroke="${COLOURS.affinity}" stroke-width="6"/>`,
    `<path d="${path('trust')}" fill="none" stroke="${COLOURS.trust}" stroke-width="6" stroke-dasharray="16 10"/>`,
    ...marks,
    text(ends[0] ?? '', PLOT.left, HEIGHT - 24, { colour: COLOURS.quiet }),
    text(ends[1] ?? '', PLOT.right, HEIGHT - 24, { colour: COLOURS.quiet, anchor: 'end' }),
    '</svg>',
  ].join('\n');
}

function legend(words: PictureWords, newest: RelationshipPoint | undefined): string[] {
  const entry = (at: number, name: string, score: number, colour: string, dash: string) =>
    `<line x1="${at}" x2="${at + 44}" y1="88" y2="88" stroke="${colour}" stroke-width="6" ${dash}/>` +
    text(`${shortened(name, 14)} ${score}`, at + 58, 98, { colour: COLOURS.words });
  return [
    entry(28, words.affinity, newest?.affinity ?? 50, COLOURS.affinity, ''),
    entry(410, words.trust, newest?.trust ?? 50, COLOURS.trust, 'stroke-dasharray="16 10"'),
  ];
}

/** A score holds until it changes. */
function steps(points: readonly (readonly [number, number])[]): string {
  const [first = [PLOT.left, PLOT.bottom], ...rest] = points;
  return `M${first[0]} ${first[1]}${rest.map(([x, y]) => `H${x}V${y}`).join('')}H${PLOT.right}`;
}

interface Style {
  readonly colour: string;
  readonly size?: number;
  readonly anchor?: string;
  /** Whether it may stand on a line. */
  readonly halo?: boolean;
}
const HALO = ` stroke="${COLOURS.card}" stroke-width="8" paint-order="stroke"`;

const text = (
  content: string,
  x: number,
  y: number,
  { colour, size = 28, anchor = 'start', halo = false }: Style,
): string =>
  `<text x="${x}" y="${y}" fill="${colour}" font-size="${size}" text-anchor="${anchor}"${halo ? HALO : ''}>${escaped(content)}</text>`;

/** Letters that DejaVu Sans lacks, and signs that only come in colours: both would be empty boxes. */
const UNKNOWN =
  /(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}])\p{L}/u;
const COLOURED =
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200D\uFE0F]|\u20E3|[\u{E0020}-\u{E007F}]/gu;

/** A name as far as it can be drawn: without its emoji; empty in other letters, since the card has it in words. */
const drawable = (name: string): string =>
  UNKNOWN.test(name) ? '' : name.replaceAll(COLOURED, '').replaceAll(/\s+/g, ' ').trim();

const shortened = (written: string, most: number): string => {
  const name = drawable(written);
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join('')}…`;
};

/** XML takes neither these signs nor control characters. */
const escaped = (content: string): string =>
  content
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
