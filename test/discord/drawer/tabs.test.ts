import type { APIEmbed } from 'discord.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EditDone, MemorySeen } from '../../../src/app/drawer.ts';
import type { Reason } from '../../../src/app/reasons.ts';
import { castTab } from '../../../src/discord/embeds/drawer/castTab.ts';
import { LIMITS, lengthOf, plain } from '../../../src/discord/embeds/drawer/fit.ts';
import { historyTab } from '../../../src/discord/embeds/drawer/historyTab.ts';
import { loreTab } from '../../../src/discord/embeds/drawer/loreTab.ts';
import { memoriesTab, memoryCard } from '../../../src/discord/embeds/drawer/memoriesTab.ts';
import {
  pageOf,
  relationshipCard,
  relationshipsTab,
} from '../../../src/discord/embeds/drawer/relationshipsTab.ts';
import { sceneTab } from '../../../src/discord/embeds/drawer/sceneTab.ts';
import { settingsTab } from '../../../src/discord/embeds/drawer/settingsTab.ts';
import { soFarTab } from '../../../src/discord/embeds/drawer/soFarTab.ts';
import { textsFor } from '../../../src/discord/texts.ts';
import type { ValueDone } from '../../../src/engine/drawer/doneByHand.ts';
import type { MemberSeen } from '../../../src/engine/drawer/sceneView.ts';
import { defaultSettings } from '../../../src/engine/world.ts';

const PIECES = [
  ...['a', 'Zoë', ' ', '\n', '**', '__', '~~', '||', '`', '```', '> ', '# ', '[x](http://y.z)'],
  ...[
    '<@100000000000000002>',
    '@everyone',
    '<#1>',
    '<:x:1>',
    '\\',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🇷🇺',
    'é',
    'ก็็็',
  ],
  ...['שלום', 'مرحبا', '\u202E', '\u2066', '1. ', '- ', '-# ', '||x||', '\u0301'],
];
/** Text as the worst chat has it. */
const wild = (most: number) =>
  fc
    .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: most })
    .map((pieces) => pieces.join('').slice(0, most).toWellFormed());
const name = wild(80);
const text = wild(2_000);
const MESSAGE = '1'.repeat(20);
const place = fc.option(fc.constant({ guild: MESSAGE, channel: MESSAGE, message: MESSAGE }));
const about = fc.record({
  story: name,
  view: fc.constantFrom('person' as const, 'everyone' as const, 'full' as const),
  at: fc.constant(1_800_000_000),
});
const score = fc.nat(100);
const small = wild(200);

const activity = fc.record({
  posture: fc.option(small),
  action: fc.option(
    fc.record({
      verb: small,
      interruptible: fc.boolean(),
      attentionNeeded: fc.constant('some' as const),
      expectedDuration: fc.constant(null),
    }),
  ),
  attention: fc.option(small),
  holding: fc.array(small, { maxLength: 10 }),
  status: fc.constantFrom('awake' as const, 'asleep' as const, 'away' as const),
  place: fc.constant(null),
  slot: fc.option(small),
});
const member: fc.Arbitrary<MemberSeen> = fc.record({
  entity: fc.constant('user:1'),
  name,
  elsewhere: fc.option(wild(100)),
  activity: fc.option(activity),
});
const members = fc.array(member, { maxLength: 25 });
const scene = fc.record({
  isOpen: fc.boolean(),
  place: fc.option(
    fc.record({ id: fc.constant('place:p'), name: wild(100), type: fc.option(small) }),
  ),
  scene: fc.option(
    fc.record({ id: fc.constant('n'), time: small, opening: text, startedAt: fc.nat() }),
  ),
  clock: fc.record({ anchor: fc.option(small), minutes: fc.nat() }),
  weather: fc.option(small),
  here: members,
  near: members,
  others: members,
});
const cast = fc.record({
  members: fc.array(
    fc.record({
      ...{ entity: fc.constant('user:1'), name, isCharacter: fc.boolean(), present: fc.boolean() },
      ...{ about: text, pronouns: small, revision: fc.constant(null) },
    }),
    { maxLength: 50 },
  ),
});
const relationship = fc.record({
  ...{ from: fc.constant('character:a'), to: fc.constant('user:1'), fromName: name, toName: name },
  isNew: fc.boolean(),
  scores: fc.option(fc.record({ affinity: score, trust: score })),
  summary: text,
  facts: fc.array(fc.record({ text: wild(300), mark: fc.constant('x') }), { maxLength: 20 }),
});
const reason: fc.Arbitrary<Reason> = fc.record({
  node: fc.constant('n'),
  kind: fc.constantFrom('seed' as const, 'shift' as const, 'set' as const, 'summary' as const),
  affinity: fc.option(fc.integer({ min: -10, max: 100 })),
  trust: fc.option(fc.integer({ min: -10, max: 100 })),
  facts: fc.array(wild(300), { maxLength: 20 }),
  by: fc.option(fc.constant(`user:${MESSAGE}`)),
  at: fc.constant('2026-11-21T10:00:00.000Z'),
  place,
});
const pin = { memory: { node: 'n', owner: 'character:a' }, significance: 1, byHand: true };
const memory: fc.Arbitrary<MemorySeen> = fc.record({
  memory: fc.constant(pin.memory),
  text,
  significance: fc.nat(3),
  kind: fc.constantFrom('event' as const, 'joke' as const),
  toldBy: fc.option(name),
  reliability: score,
  storyTime: fc.nat(),
  pin: fc.option(fc.constant(pin)),
  place,
  mark: fc.constant('x'),
});
const memories = fc.record({
  ...{ owner: fc.constant('character:a'), ownerName: name, owners: fc.constant([]) },
  ...{ words: fc.option(text), items: fc.array(memory, { maxLength: 5 }), page: fc.nat(1_000) },
  hasMore: fc.boolean(),
  pins: fc.constant({ pins: Array.from({ length: 8 }, () => pin), most: 8, givesWay: pin }),
  givesWay: fc.option(fc.record({ text: fc.option(text) })),
});
const summaries = fc.record({
  items: fc.array(
    fc.record({
      ...{ owner: fc.constant('character:a'), ownerName: name, scene: fc.constant('n'), text },
      significance: fc.nat(3),
    }),
    { maxLength: 5 },
  ),
  ...{ page: fc.nat(9), hasMore: fc.boolean(), older: fc.constant(null) },
});
const books = fc.record({
  books: fc.array(
    fc.record({
      ...{ name: small, of: fc.option(name), entries: fc.nat(2_000) },
      held: fc.array(fc.record({ name: small, content: text }), { maxLength: 20 }),
    }),
    { maxLength: 30 },
  ),
});
const settings = fc.record({
  ...{ name, isFull: fc.boolean() },
  settings: fc.record({
    ...{ instructions: fc.option(wild(4_000)), frame: fc.constant(null) },
    authorsNote: fc.option(fc.record({ text: wild(4_000), depth: fc.nat(40) })),
    sampling: fc.option(fc.record({ stop: fc.array(wild(2_000), { maxLength: 4 }) })),
    budget: fc.constant({ soft: 6_000, hard: 8_000 }),
    answers: fc.constant(defaultSettings.answers),
    books: fc.constant<string[]>([]),
  }),
});
const value: fc.Arbitrary<ValueDone> = fc.oneof(
  fc.record({ of: fc.constant('words' as const), before: fc.option(text), after: fc.option(text) }),
  fc.record({ of: fc.constant('trust' as const), before: fc.option(score), after: score }),
  fc.record({
    of: fc.constant('clock' as const),
    before: fc.record({ anchor: fc.option(small), minutes: fc.nat() }),
    after: fc.record({ anchor: fc.option(small), minutes: fc.nat() }),
  }),
  fc.record({ of: fc.constant('doing' as const), before: activity, after: activity }),
  fc.record({
    of: fc.constantFrom('authorsNote' as const, 'sampling' as const, 'answers' as const),
    before: fc.constant(defaultSettings),
    after: settings.map((each) => ({ ...defaultSettings, ...each.settings })),
  }),
);
const edit: fc.Arbitrary<EditDone> = fc.record({
  ...{ node: fc.constant('n'), version: fc.nat(), by: fc.constant(`user:${MESSAGE}`) },
  at: fc.constant('2026-11-21T10:00:00.000Z'),
  done: fc.array(
    fc.record({
      did: fc.constantFrom('doing' as const, 'RelationshipSet' as const, 'ChatConfigured' as const),
      ...{ who: name, whom: name, values: fc.array(value, { maxLength: 4 }) },
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
const edits = fc.record({
  items: fc.array(edit, { maxLength: 8 }),
  ...{ page: fc.nat(99), hasMore: fc.boolean() },
});

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Discord's own limits; what is empty it refuses. */
function fits(embed: APIEmbed): void {
  expect(lengthOf(embed)).toBeLessThanOrEqual(6_000);
  expect(embed.title?.length ?? 0).toBeLessThanOrEqual(LIMITS.title);
  expect(embed.description?.length ?? 1).toBeLessThanOrEqual(LIMITS.description);
  expect(embed.description?.length ?? 1).toBeGreaterThan(0);
  expect(embed.footer?.text.length ?? 0).toBeLessThanOrEqual(LIMITS.footer);
  expect(embed.author?.name.length ?? 1).toBeLessThanOrEqual(LIMITS.author);
  expect(embed.author?.name.length ?? 1).toBeGreaterThan(0);
  expect(embed.fields?.length ?? 0).toBeLessThanOrEqual(LIMITS.fields);
  for (const field of embed.fields ?? []) {
    expect(field.name.length).toBeLessThanOrEqual(LIMITS.name);
    expect(field.value.length).toBeLessThanOrEqual(LIMITS.value);
    expect(Math.min(field.name.length, field.value.length)).toBeGreaterThan(0);
  }
  const all = [embed.title, embed.description, embed.author?.name, embed.footer?.text];
  for (const part of [...all, ...(embed.fields ?? []).flatMap((each) => [each.name, each.value])]) {
    expect(part?.isWellFormed() ?? true).toBe(true);
    // Nothing that somebody wrote turns the direction of the rest, or mentions anyone.
    expect(part ?? '').not.toMatch(/[\u202A-\u202E\u2066\u2067]/);
  }
  // Discord reads no markdown in the name of an author.
  const read = JSON.stringify({ ...embed, author: null }).replaceAll('\\\\', '\\');
  expect(read).not.toMatch(/(?<!\\)<(?!t:\d+:R>|@1{20}>)/);
}

test('every tab fits on a card, whatever the story holds and in whatever language', () => {
  fc.assert(
    fc.property(
      fc.tuple(
        about,
        fc.constantFrom(null, 'ru'),
        scene,
        cast,
        fc.array(relationship, { maxLength: 30 }),
      ),
      fc.tuple(fc.array(reason, { maxLength: 12 }), memories, summaries, books, settings, edits),
      ([at, locale, ...first], [reasons, remembered, soFar, lore, set, done]) => {
        const words = textsFor(locale);
        const [where, who, stands] = first;
        fits(sceneTab(where, at, words));
        fits(castTab(who, at, words));
        for (const page of [0, 2, 99]) fits(relationshipsTab(pageOf(stands, page), at, words));
        for (const each of stands.slice(0, 2)) {
          fits(relationshipCard(each, { items: reasons, older: null }, at, words));
        }
        fits(memoriesTab(remembered, at, words));
        for (const each of remembered.items)
          fits(memoryCard(each, remembered.ownerName, at, words));
        fits(soFarTab(soFar, at, words));
        fits(loreTab(lore, at, words));
        fits(settingsTab(set, at, words));
        fits(historyTab(done, at, words));
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);

test('a text is cut between graphemes, and says that it goes on', () => {
  fc.assert(
    fc.property(wild(300), fc.integer({ min: 4, max: 200 }), (written, most) => {
      const shown = plain(written, most);
      expect(shown.length).toBeLessThanOrEqual(most);
      const own = (value: string) =>
        [...graphemes.segment(value.replaceAll(/[\u2068\u2069]/g, ''))].map(
          ({ segment }) => segment,
        );
      const line = written
        .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
      const read = own(shown.replaceAll(/\\([^0-9A-Za-z\s])/g, '$1'));
      const whole = own(line);
      if (read.join('') !== line) expect(read.pop()).toBe('…');
      expect(whole.slice(0, read.length)).toEqual(read);
    }),
    { numRuns: 300 },
  );
});
