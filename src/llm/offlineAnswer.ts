import type { ModelRequest } from '../app/ports/model.ts';
import { type Intent, type Phrases, phrasesFor } from './offlinePhrases.ts';
import { type OfflinePrompt, readPrompt } from './offlinePrompt.ts';
import { goalIn, selfTold, signs, skips, type Tone, tones } from './offlineSigns.ts';

/** Characters after which a long story may end: past one Discord message, so that splitting shows. */
const longStory = 2_300;

/** The offline model's answer: what the character does, what it says, and something of its own. */
export function composeAnswer(request: ModelRequest): string {
  const prompt = readPrompt(request);
  const said = prompt.turns.map(({ text }) => text).join('\n');
  const turn = prompt.turns.at(-1)?.text ?? '';
  const words = [turn, said, ...prompt.voice, ...prompt.said].find((text) => /\p{L}/u.test(text));
  const phrases = phrasesFor(words ?? '');
  const intent = intentOf(prompt, phrases, turn);
  const random = seededBy(request);
  const slots = slotsOf(prompt, phrases, turn, intent);
  const filled = (templates: readonly string[]) =>
    templates.flatMap((template) => fill(template, slots) ?? []);
  const choose = (templates: readonly string[]) =>
    freshest(filled(templates), prompt.told, random, request.variant ?? 0);
  const unsaid = (templates: readonly string[]) =>
    filled(templates).filter((text) => !prompt.told.some((each) => each.includes(text)));

  // Without a sheet some intents have nothing to say: who, without a name.
  const opening = choose(phrases.speech[intent]) || choose(phrases.speech.question);
  if (intent === 'machine') return opening;
  const gesture = choose(gesturesFor(prompt, phrases, intent, unsaid, random));
  const first = [gesture && `*${gesture}*`, opening].filter(Boolean).join(' ');
  if (intent === 'story') return longTale(first, phrases, slots, prompt);
  return [first, ...ownWords(prompt, phrases, intent, { choose, unsaid, random })].join('\n\n');
}

function intentOf(prompt: OfflinePrompt, phrases: Phrases, turn: string): Intent {
  if (prompt.turns.length === 0) return prompt.said.length > 0 ? 'more' : 'opening';
  const speech = turn.replace(/\*[^*]*\*|_[^_]*_/g, ' ').trim();
  const named = phrases.intents.find(([, pattern]) => pattern.test(speech))?.[0];
  // "Thank you, but where are we?" wants to know where we are.
  const asks = speech.includes('?');
  const courtesy = named === 'greeting' || named === 'thanks';
  if (named && !courtesy && named !== 'sorrow') return named;
  const moved = whatMoves(turn, speech);
  if (moved) return moved;
  if (named && !(courtesy && asks && speech.length > 40)) return named;
  if (/\[shows: /.test(turn)) return 'picture';
  if (mentioned(prompt, turn)) return 'someone';
  if (prompt.place !== '' && asks && turn.toLowerCase().includes(prompt.place.toLowerCase()))
    return 'place';
  if (asks) return 'question';
  return speech.length < 2 ? 'action' : 'statement';
}

const byTone: Readonly<Record<Exclude<Tone, 'polite'>, Intent>> = {
  threat: 'threat',
  blow: 'threat',
  rude: 'blame',
  love: 'tender',
  tender: 'tender',
  gift: 'gift',
  help: 'help',
  sorry: 'apology',
};

/** What the records of the story will hold of a turn is answered as such. */
function whatMoves(turn: string, speech: string): Intent | undefined {
  for (const [tone, pattern] of tones) {
    if (tone !== 'polite' && pattern.test(turn)) return byTone[tone];
  }
  const tells = (kind: string) =>
    selfTold.some(([told, pattern]) => told === kind && speech.search(pattern) >= 0);
  if (signs.promise.test(speech)) return 'promise';
  if (tells('fear') || signs.secret.test(speech)) return 'confession';
  if (tells('name')) return 'name';
  if (goalIn(speech) !== null) return 'travel';
  if (skips.some(([pattern]) => pattern.test(turn))) return 'later';
  return undefined;
}

/** Someone present whom the turn speaks of: neither its speaker nor the character. */
function mentioned(prompt: OfflinePrompt, turn: string): string | undefined {
  const speaker = prompt.turns.at(-1)?.by;
  return prompt.present.find(
    (name) => name !== speaker && name !== prompt.name && name.length > 2 && turn.includes(name),
  );
}

type Slots = Readonly<Record<string, string | undefined>>;

function slotsOf(prompt: OfflinePrompt, phrases: Phrases, turn: string, intent: Intent): Slots {
  const topic = phrases.topic(turn) ?? undefined;
  return {
    person: prompt.turns.at(-1)?.by || undefined,
    name: prompt.name || undefined,
    // Inside a sentence a place's article is small, and where it lies is known.
    place:
      prompt.place
        .replace(/^(The|An?) (?=.)/, (article) => article.toLowerCase())
        .replace(/(?<=.{8}),.*$/s, '') || undefined,
    // "Dusk, late October", but not how long ago that was.
    time: /\d|later|not known|спустя/i.test(prompt.time) ? undefined : prompt.time || undefined,
    goal: goalIn(turn) ?? undefined,
    other: intent === 'someone' ? mentioned(prompt, turn) : undefined,
    topic,
  };
}

/** The template with its slots filled; null when one of them has nothing to fill it with. */
function fill(template: string, slots: Slots): string | null {
  let whole = true;
  const text = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot];
    if (value === undefined) whole = false;
    return value ?? '';
  });
  if (!whole) return null;
  // A slot at the very beginning starts a sentence.
  return template.startsWith('{') ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** One that was not said lately; when all were, the one said longest ago. The next variant is the next one. */
function freshest(
  choices: readonly string[],
  said: readonly string[],
  random: () => number,
  variant: number,
): string {
  const lastSaid = (text: string) => said.findLastIndex((each) => each.includes(text));
  const oldest = Math.min(...choices.map(lastSaid));
  const fresh = choices.filter((text) => lastSaid(text) === oldest);
  return fresh[(Math.floor(random() * fresh.length) + variant) % fresh.length] ?? '';
}

function gesturesFor(
  prompt: OfflinePrompt,
  phrases: Phrases,
  intent: Intent,
  unsaid: (templates: readonly string[]) => string[],
  random: () => number,
): readonly string[] {
  const fitting = unsaid(phrases.gesturesFor[intent] ?? []);
  const manners = unsaid(
    phrases.manners
      .filter(([trait]) => prompt.traits.some((each) => trait.test(each)))
      .flatMap(([, gestures]) => gestures),
  );
  // An action asks for an answer to it; elsewhere the character's own manner shows about half the time.
  if (fitting.length > 0 && (intent === 'action' || random() < 0.6)) return fitting;
  return manners.length > 0 && random() < 0.5 ? manners : phrases.gestures;
}

type Addition = 'voice' | 'past' | 'memory' | 'surroundings' | 'incident' | 'prompt';

/** What goes with an intent; with all others anything does. */
const additionsTo: Readonly<Partial<Record<Intent, readonly Addition[]>>> = {
  past: ['past', 'past', 'voice'],
  who: ['past', 'past', 'voice'],
  recall: ['memory'],
  farewell: ['surroundings', 'voice'],
  thanks: ['surroundings', 'voice'],
  place: ['surroundings', 'past', 'voice'],
  travel: ['incident', 'voice'],
  later: ['surroundings', 'incident'],
};

const anything: readonly Addition[] = [
  ...(['voice', 'voice', 'voice', 'memory', 'memory', 'prompt', 'prompt'] as const),
  ...(['surroundings', 'past', 'incident'] as const),
];

interface Choice {
  /** One of the phrases, filled in; '' when none can be. */
  readonly choose: (templates: readonly string[]) => string;
  /** Those that were not said lately. */
  readonly unsaid: (templates: readonly string[]) => string[];
  readonly random: () => number;
}

/** What the sheet and the scene add to the answer; a paragraph, or none. */
function ownWords(
  prompt: OfflinePrompt,
  phrases: Phrases,
  intent: Intent,
  { choose, unsaid, random }: Choice,
): string[] {
  // A sheet in another language would break the scene.
  const sameLanguage = (text: string) => phrasesFor(text) === phrases;
  const voice = unsaid(prompt.voice.filter(sameLanguage));
  const past = unsaid(prompt.past.filter(sameLanguage));
  const memories = unsaid(prompt.memories.filter(sameLanguage));
  const one = (texts: readonly string[]) => texts[Math.floor(random() * texts.length)] ?? '';

  const narrated = (line: string) => line && `*${line}*`;
  const additions: Readonly<Record<Addition, () => string>> = {
    voice: () => one(voice),
    past: () => memory(past[0] ?? '', choose(phrases.memories)),
    memory: () => narrated([choose(phrases.recollections), one(memories)].join(' ')),
    surroundings: () => narrated(choose(phrases.surroundings)),
    incident: () => narrated(choose(phrases.incidents)),
    prompt: () => choose(phrases.prompts),
  };
  const likely = additionsTo[intent] ?? anything;
  const lacking = { voice: voice.length === 0, past: past.length === 0, memory: !memories.length };
  const possible = likely.filter((kind) => lacking[kind as keyof typeof lacking] !== true);
  const kind = possible[Math.floor(random() * possible.length)];
  const addition = kind === undefined ? '' : additions[kind]();
  return addition === '' ? [] : [addition];
}

/** A sentence of the backstory: spoken when it is told by the character itself, else narrated. */
function memory(sentence: string, lead: string): string {
  if (/^(I|My|We|Я|Мы|Мой|Моя)\s/.test(sentence)) return sentence;
  return sentence && `*${[lead, sentence.replace(/\*/g, '')].filter(Boolean).join(' ')}*`;
}

function longTale(first: string, phrases: Phrases, slots: Slots, prompt: OfflinePrompt): string {
  const paragraphs = phrases.story.map((each) =>
    each
      .replace(/\{place\}/g, () => slots.place ?? 'the old house')
      .replace(/,? ?\{person\}/g, () => (slots.person ? `, ${slots.person}` : '')),
  );
  const tale = [first, ...paragraphs];
  // The sheet's own words make it longer where the story alone is too short for a second message.
  for (const sample of prompt.voice) {
    if (tale.join('\n\n').length > longStory) break;
    tale.push(sample);
  }
  return tale.join('\n\n');
}

/** Numbers from 0 to 1 that depend on every word of the messages and on nothing else. */
function seededBy(request: ModelRequest): () => number {
  // FNV-1a, then mulberry32: short, and spread well enough for choosing among ten phrases.
  let hash = 0x811c9dc5;
  for (const { role, content } of request.messages) {
    const text = content.map((part) => (part.kind === 'text' ? part.text : part.url)).join('\n');
    for (const char of `${role}:${text}\n`) {
      hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
    }
  }
  return () => {
    hash = (hash + 0x6d2b79f5) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 15), 1 | hash);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
