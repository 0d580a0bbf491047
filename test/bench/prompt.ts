/** Putting a prompt together from counts that are kept, against counting all of it again. */
import type { NewEvent } from '../../src/engine/event.ts';
import { assemblePrompt } from '../../src/engine/prompt/assemblePrompt.ts';
import { Counts } from '../../src/engine/prompt/counts.ts';
import { defaultSettings } from '../../src/engine/world.ts';
import { countTokens } from '../../src/llm/countTokens.ts';
import { seeded } from '../support/seeded.ts';
import { begun, given, MIRA, said } from '../support/story.ts';
import { type Figure, interleaved, type Part } from './figure.ts';

const TURNS = 40;
const TOKENS = 32_000;
/** Prompts that are put together for one measurement: one alone is over too soon. */
const TIMES = 200;
const SYLLABLES =
  'ba con de er fi gra hal in jo ke lum mor ne ost pri qua ren sto tur vel wha yon'.split(' ');

export const prompt: Part = { name: 'prompt', run: async () => [await assembled()] };

async function assembled(): Promise<Figure> {
  const random = seeded(1);
  const syllable = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '';
  // As many words as people know, spread as they are in talk.
  const known = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, syllable).join(''),
  );
  const word = () => known[Math.floor(Math.exp(random() * Math.log(known.length)))] ?? '';
  const text = () => Array.from({ length: TOKENS / TURNS / 2 }, word).join(' ');
  const turns = Array.from({ length: TURNS }, (_, at): NewEvent => said(`n${at}`, text()));
  const { story } = given([...begun(), ...turns]);
  const counts = new Counts(countTokens);
  const ask = {
    story,
    character: MIRA,
    answers: [`n${TURNS - 1}`],
    budget: { soft: 10 * TOKENS, hard: 10 * TOKENS },
    settings: defaultSettings,
    books: [],
    pinned: [],
    retrieved: [],
    older: [],
    turn: () => null,
  };
  const { system, lines, receipt } = assemblePrompt(ask, counts);
  const parts = [system, ...lines.map((line) => line.text)];
  const recount = () => parts.reduce((sum, part) => sum + countTokens(part), 0);
  const exact = recount() === receipt.tokens;
  const { ours, reference } = await interleaved(() => {
    for (let time = 0; time < TIMES; time += 1) assemblePrompt(ask, counts);
  }, recount);
  const value = ours / TIMES;
  return {
    figure: `a prompt of ${receipt.tokens.toLocaleString('en')} tokens from stored counts`,
    value,
    unit: 'ms',
    reference,
    ratio: value / reference,
    goal: 'at most 0.01 of recounting, and exactly equal',
    ok: exact && value <= 0.01 * reference,
  };
}
