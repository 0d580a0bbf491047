import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parts, Question } from '../../src/app/classifier.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { digestParts } from '../../src/engine/digest/digestParts.ts';
import { summaryParts } from '../../src/engine/digest/summaryParts.ts';
import { kickoffParts } from '../../src/engine/kickoff/proposal.ts';
import { classifier } from '../../src/llm/classifier.ts';
import { countTokens } from '../../src/llm/countTokens.ts';
import { offlineModel } from '../../src/llm/offlineModel.ts';
import { asking, hear, type Line } from '../support/modelTalk.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} } satisfies Log;

/** The offline model behind the classifier, which fails the test where it records a failure. */
const offline = classifier({
  model: offlineModel(),
  names: ['offline'],
  limit: 10_000,
  maxTokens: 4_000,
  promptTokens: 100_000,
  count: countTokens,
  note: (failure) => expect.fail(JSON.stringify(failure)),
  redact: (text) => text,
  log: quiet,
});
const ask = <const P extends Parts>(
  kind: Question<P>['kind'],
  parts: P,
  material: Record<string, string>,
) =>
  offline.ask({
    kind,
    parts,
    chat: 'c',
    node: 'n',
    instructions: 'Keep the records.',
    material: Object.entries(material).map(([name, text]) => ({ name, text })),
  });

const people = [
  'e1: Mira (character), witnessed the turns',
  'e2: Ada (person)',
  'e3: Tove (character), witnessed the turns',
].join('\n');
const digest = (...turns: (readonly [string, string])[]) =>
  ask('digest', digestParts, {
    people,
    place: 'The Drowned Bell',
    ...Object.fromEntries(turns.map(([by, text], index) => [`t${index + 1} by ${by}`, text])),
  });
const told = (text: string) => digest(['e2', text], ['e1', 'Hm.']);

describe('a digest by rules', () => {
  it.each([
    ['Thank you, that is kind.', 1, 1],
    ['*hugs Mira* I trust you.', 1, 1],
    ['You idiot! *slaps Mira*', -1, -1],
    ['I will kill you, Mira.', -1, -1],
    ['Спасибо, дорогая.', 1, 1],
    ['Заткнись, Mira.', -1, -1],
  ])('%s moves affinity and trust the right way, by at most ten', async (text, warmth, faith) => {
    const { relationships } = await told(text);
    const [shift] = relationships;
    expect(shift).toMatchObject({ from: 'e1', to: 'e2' });
    expect(Math.sign(shift?.affinity ?? 0)).toBe(warmth);
    expect(Math.sign(shift?.trust ?? 0)).toBe(faith);
    expect(Math.abs(shift?.affinity ?? 0)).toBeLessThanOrEqual(10);
  });

  it('what is meant for one does not move another', async () => {
    const { relationships } = await told('Thank you, Mira.');
    expect(relationships.map(({ from }) => from)).toEqual(['e1']);
  });

  it.each([
    ['My name is Adelaide.', 'is called Adelaide'],
    ['I am afraid of the old bell in the harbour.', 'is afraid of the old bell'],
    ['I love the rain.', 'loves the rain'],
    ['Я боюсь темноты.', 'боится: темноты'],
  ])('%s is a fact for everyone who heard it, the silent too', async (text, fact) => {
    const { relationships } = await told(text);
    expect(relationships.map(({ from, facts }) => [from, facts])).toEqual([
      ['e1', [fact]],
      ['e3', [fact]],
    ]);
  });

  it.each([
    ['*sits down*', { posture: 'sitting' }],
    ['*gets up and leaves*', { status: 'away' }],
    ['*falls asleep*', { status: 'asleep' }],
    ['*goes to the garden*', { place: 'The garden', status: null }],
    ['*walks to the window*', { place: null }],
    ['*comes a little closer*', { place: null }],
    ['*moves a little closer and listens*', { place: null }],
    ['*steps closer to the fire*', { place: null }],
    ['*runs the old cloth over the counter*', { place: null }],
    ['*walks to the left side of the room*', { place: null }],
    ['*walks over to Mira*', { place: null }],
    ['*enters the old barn*', { place: 'The old barn' }],
    ['*идёт в сад*', { place: 'Сад' }],
    ['*идёт к окну*', { place: null }],
    ['*picks up the lantern*', { holding: ['the lantern'] }],
    ['*draws a slow breath*', { holding: null }],
    ['*nods* Yes. *The door creaks and settles.*', { action: 'nods' }],
    ['*кивает* Да. *Где-то рядом что-то скрипит.*', { action: 'кивает' }],
    ['*садится у окна*', { posture: 'сидит' }],
    ['*засыпает*', { status: 'asleep' }],
  ])('%s is what its own does by now', async (text, activity) => {
    const { activities, scene } = await told(text);
    expect(activities).toMatchObject([{ who: 'e2', ...activity }]);
    expect(scene.ends).toBeNull();
  });

  it.each([
    ["*goes to the garden* Let's go together.", { ends: 'moved', place: 'The garden' }],
    ["We're done here.", { ends: 'done' }],
    ["Let's go to the river bank together.", { ends: 'moved', place: 'The river bank' }],
    ['Пойдём к реке, Mira.', { ends: 'moved', place: 'Река' }],
    ['Идём в башню!', { ends: 'moved', place: 'Башня' }],
    ['An hour later, the lamp is out.', { ends: 'time', time: null }],
    ['Two hours later. It is almost dawn.', { ends: 'time', time: 'Dawn' }],
    ['The next morning it was quiet.', { ends: 'time', time: 'The next morning' }],
    ['Через три часа лампа гаснет.', { ends: 'time', time: null }],
    ['На сегодня всё.', { ends: 'done' }],
  ])('%s ends a scene', async (text, scene) => {
    expect((await told(text)).scene).toMatchObject(scene);
  });

  it('time passes by a few minutes, and by what is said of it', async () => {
    const { minutes } = await told('Hello.');
    expect(minutes).toBeGreaterThan(0);
    expect(minutes).toBeLessThan(5);
    expect((await told('Three hours later we speak again.')).minutes).toBeGreaterThan(180);
    expect((await told('Спустя два часа всё тихо.')).minutes).toBeGreaterThan(120);
  });

  it('talk of nothing becomes no memory; a confession becomes one of everyone who heard it', async () => {
    expect((await told('Hm. Nice weather.')).memories).toEqual([]);
    const { memories } = await told('I am afraid of the old bell in the harbour, you know.');
    expect(memories).toMatchObject([
      { owner: 'e1', kind: 'fact', significance: 2, turns: ['t1'] },
      { owner: 'e3', kind: 'fact', significance: 2 },
    ]);
  });

  it.each([
    ['My name is Adelaide.', 'Ada told me which name to use: Adelaide.'],
    ['I am afraid of the old bell in the harbour.', 'I learned what frightens Ada: the old bell.'],
    ['I promise to come back before the first snow.', 'I heard Ada make a promise.'],
    [
      'Wenna, here you are. I swear I will mend the gate in spring.',
      'I heard Ada promise to mend the gate in spring.',
    ],
    ['*I give Mira a thermos of hot coffee.* Keep warm.', 'I saw Ada make a present: thermos.'],
    ['Let me help you with that basket.', 'I could see that Ada means to help.'],
    ['Меня зовут Аделаида.', 'Ada называет мне имя: Аделаида.'],
    ['Я очень боюсь темноты.', 'Теперь я знаю, чего страшится Ada: темноты.'],
  ])('%s is remembered by whoever heard it as their own: %s', async (text, memory) => {
    const { memories } = await told(text);
    expect(memories.map((each) => each.text)).toEqual([memory, memory]);
  });

  it('no memory repeats more than half of a turn, and the same turns give the same answer', async () => {
    const phrases = fc.array(
      fc.constantFrom(
        'I am afraid of',
        'the bell',
        'I love',
        'my name is',
        'Ada',
        'I promise',
        'thank you',
        'river',
        '*sits down*',
        'Я люблю',
        'чай',
        '.',
      ),
      { minLength: 1, maxLength: 12 },
    );
    const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}']+/gu) ?? []);
    await fc.assert(
      fc.asyncProperty(phrases, async (parts) => {
        const text = parts.join(' ');
        const answer = await told(text);
        expect(await told(text)).toEqual(answer);
        for (const memory of answer.memories) {
          const own = words(memory.text);
          const repeated = [...words(text)].filter((word) => own.has(word)).length;
          expect(repeated).toBeLessThanOrEqual(words(text).size / 2);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('what stands outside quotation marks is done, where a turn has no markers', async () => {
    const { actions } = await ask('digest', digestParts, {
      people,
      unmarked: 't1',
      't1 by e2': '"Wait." She lifts the lantern. "Listen."',
    });
    expect(actions).toEqual([{ turn: 't1', text: 'She lifts the lantern.' }]);
  });
});

it('a scene becomes a summary of its one witness, and what it makes of the others', async () => {
  const summary = await ask('scene-summary', summaryParts, {
    people: 'e1: Mira (character)\ne2: Ada (person)',
    place: 'The Drowned Bell',
    'how e1 saw e2': 'A stranger. She came with the storm.',
    't1 by e2': 'I am afraid of the harbour bell. Thank you for the soup, dear Mira.',
    't2 by e1': 'Eat.',
  });
  expect(summary.summary).toMatch(/^This was at the Drowned Bell, with Ada\./);
  expect(summary.significance).toBe(2);
  expect(summary.relationships).toEqual([
    {
      to: 'e2',
      summary: 'I have warmed to Ada. Ada is afraid of the harbour bell. She came with the storm.',
    },
  ]);
});

it("an author's opening becomes a place, a time, what someone does and how they stand", async () => {
  const opening = await ask('kickoff', kickoffParts, {
    e1: 'Mira Holt: She keeps an inn.',
    'kickoff of e1':
      'Late evening in the Drowned Bell, while heavy rain falls. Mira Holt sits behind the counter, polishing a glass.',
    'relationship of e1': 'The guest is an old friend of hers.',
  });
  expect(opening).toMatchObject({
    place: 'The Drowned Bell',
    time: 'Late evening',
    weather: 'Heavy rain',
    activities: [{ who: 'e1', posture: 'sitting', doing: 'sits behind the counter' }],
  });
  expect(opening.relationships[0]?.affinity).toBeGreaterThan(50);
  expect(await ask('kickoff', kickoffParts, { e1: 'Mira: .' })).toMatchObject({ place: null });
  const together = await ask('kickoff', kickoffParts, {
    e1: 'Зоя: .',
    'kickoff of e1': 'Поздний вечер в чайной у вокзала, идёт дождь.',
    e2: 'Mira Holt: .',
    'kickoff of e2': 'Mira waits in the Drowned Bell.',
  });
  expect(together).toMatchObject({ place: 'В чайной у вокзала', time: 'Поздний вечер' });
});

it('another variant of the same request has other words', async () => {
  const sheet = '<section name="character">\nName: Mira\n</section>';
  const said: readonly Line[] = [
    ['system', sheet],
    ['user', 'Ada: I like the rain.'],
  ];
  const answers = await Promise.all(
    [0, 1, 2, 3].map((variant) => hear(offlineModel({ pace: 0 }), asking(said, { variant }))),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(4);
});
