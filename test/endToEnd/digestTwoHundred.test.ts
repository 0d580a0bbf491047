import { expect, test } from 'vitest';
import { repeats } from '../../src/engine/digest/memoryHygiene.ts';
import type { DomainEvent } from '../../src/engine/event.ts';
import { isCharacter } from '../../src/engine/ids.ts';
import { MAX_PINS } from '../../src/engine/state/pins.ts';
import { KEPT_FACTS } from '../../src/engine/state/relationships.ts';
import { KEPT_TURNS } from '../../src/engine/state/story.ts';
import { KEPT_SUMMARIES } from '../../src/engine/state/summaries.ts';
import { classifier } from '../../src/llm/classifier.ts';
import { countTokens } from '../../src/llm/countTokens.ts';
import { offlineModel } from '../../src/llm/offlineModel.ts';
import { OLAF, openChronicle } from '../support/chronicle.ts';
import { ANN, MIRA } from '../support/story.ts';

/** What Ann says, again and again, with what is new each time in place of the sign. */
const LINES = [
  'My name is Ann, and I am looking for the lighthouse keeper # of the northern shore.',
  'Thank you, Mira, you are very kind to me tonight. I love what you did with room #.',
  '*sits down by the fire and hands Mira a small brass key with the number #*',
  'I am afraid of dogs, ever since number # bit me on the way to school.',
  'I promise you that I will bring back the lantern before the day of saint #.',
  '"What is in the soup?" she asks, and leans over the table # to look into the pot.',
  'You are a liar, Olaf, and I hate what you said about my brother in the year #.',
  'Let us go to the pier # and look at the boats.',
  'Three hours later we are still here, and the candle # is burning low.',
  'I like cold mornings, black tea and the #th page of every book.',
];

test('after 200 turns every change has its turn, every closed scene its summaries, and nothing grows without bound', async () => {
  const model = offlineModel({ pace: 0 });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const failures: object[] = [];
  const classify = classifier({
    model,
    names: ['offline'],
    limit: 5_000,
    maxTokens: 4_000,
    promptTokens: 4_000,
    count: countTokens,
    note: (failure) => failures.push(failure),
    redact: (text) => text,
    log,
  });
  const house = await openChronicle('', { classify });
  await house.enter(OLAF, 'Olaf');
  let sizes: number[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const line = LINES[turn % LINES.length] ?? '';
    const to = turn % 13 === 5 ? MIRA : null;
    await house.say(line.replaceAll('#', `${turn + 100}`), { to });
    const answered = to === null && turn % 3 === 1 ? OLAF : MIRA;
    await house.reply(`Number ${turn}, is it? *nods* We shall see what comes of it, by and by.`, {
      by: answered,
      to: to === null ? null : ANN,
    });
    await house.settle();
    if (turn % 29 === 28 && house.read().story.scene !== null) await house.close();
    if (turn % 50 === 49) sizes = [...sizes, JSON.stringify(house.read().story).length];
  }
  await house.settle();
  expect(failures).toEqual([]);
  const events = house.store.load('chat:c1');
  const chat = house.read();
  const of = <T extends DomainEvent['type']>(type: T) =>
    events.filter((event): event is Extract<DomainEvent, { type: T }> => event.type === type);

  const shifts = of('RelationshipShifted');
  expect(shifts.length).toBeGreaterThan(20);
  for (const { node, sources, payload } of shifts) {
    expect(sources.map((source) => source.node)).toContain(node);
    for (const source of sources) {
      const turn = chat.stateAt(source.node).turns.find((each) => each.node === source.node);
      expect(turn?.witnesses).toContain(payload.from);
    }
  }

  const closes = of('SceneClosed');
  const summaries = of('SceneSummarized');
  expect(closes.length).toBeGreaterThan(8);
  let witnesses = new Set<string>();
  for (const node of chat.line()) {
    const turn = chat.stateAt(node).turns.find((each) => each.node === node);
    for (const entity of turn?.witnesses ?? []) if (isCharacter(entity)) witnesses.add(entity);
    if (!closes.some((close) => close.node === node)) continue;
    const owners = summaries
      .filter((each) => each.node === node)
      .map(({ payload }) => payload.owner);
    expect(owners.sort()).toEqual([...witnesses].sort());
    witnesses = new Set();
  }

  const memories = of('MemoryWritten');
  expect(memories.length).toBeGreaterThan(20);
  for (const { payload, sources } of memories) {
    const reads = sources.flatMap(({ node, revision }) => {
      const turn = chat.stateAt(node).turns.find((each) => each.node === node);
      const text =
        turn?.kind === 'user' ? turn.segments.map((each) => each.text).join(' ') : turn?.text;
      return turn === undefined ? [] : [{ turn, revision, text: text ?? '' }];
    });
    expect(reads.length).toBeGreaterThan(0);
    expect(repeats(payload.text, reads)).toBe(false);
  }

  const { story } = chat;
  expect(story.turns.length).toBeLessThanOrEqual(KEPT_TURNS);
  for (const each of Object.values(story.relationships)) {
    expect(each.facts.length).toBeLessThanOrEqual(KEPT_FACTS);
    expect(each.summary.length).toBeLessThanOrEqual(600);
  }
  for (const each of Object.values(story.summaries)) {
    expect(each.length).toBeLessThanOrEqual(KEPT_SUMMARIES);
  }
  for (const each of Object.values(story.pins)) expect(each.length).toBeLessThanOrEqual(MAX_PINS);
  for (const event of events) expect(event.sources.length).toBeLessThan(150);
  // The state of the last fifty turns is about as large as that of the fifty before.
  expect(sizes[3] ?? 0).toBeLessThan((sizes[2] ?? 0) * 1.3);
  expect(house.store.jobs().filter(({ kind }) => kind !== 'deliver')).toEqual([]);
});
