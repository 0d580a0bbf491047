import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginChat } from '../../src/engine/deciders/beginChat.ts';
import { startReply } from '../../src/engine/deciders/startReply.ts';
import {
  beginningWith,
  firstWordsOf,
  formOf,
  readForm,
} from '../../src/engine/kickoff/kickoffForm.ts';
import { noAnswer, proposalOf } from '../../src/engine/kickoff/proposal.ts';
import { exampleSheet, type Sheet } from '../../src/engine/sheet.ts';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import { ANN, given, MIRA, opening, replied, texts } from '../support/story.ts';

const OLAF = 'character:olaf';
const casting = (entity: string, sheet: Partial<Sheet> = {}) => ({
  entity,
  authored: {
    sheet: { ...exampleSheet, ...sheet },
    author: ANN,
    revision: 3,
    retired: false,
  },
});
const nowhere = { place: 'Somewhere', time: 'Now' };

describe('an opening is proposed', () => {
  test('by what the author wrote, then by what was found in the prose, then by what always does', () => {
    const answer = { ...noAnswer, place: 'A pier', time: 'Dusk', weather: 'Fog' };
    const named = proposalOf([casting(MIRA)], answer, nowhere);
    expect(named).toMatchObject({
      place: 'The Drowned Bell',
      time: 'Late evening',
      weather: 'Fog',
    });
    const bare = casting(MIRA, { place: '', time: '' });
    expect(proposalOf([bare], answer, nowhere)).toMatchObject({ place: 'A pier', time: 'Dusk' });
    expect(proposalOf([bare], noAnswer, nowhere)).toMatchObject(nowhere);
  });

  test('for those who play, and nobody that the model made up or named twice', () => {
    const standing = { affinity: 70, trust: 20, summary: 'Old friends.' };
    const card = proposalOf(
      [casting(MIRA), casting(OLAF)],
      {
        ...noAnswer,
        activities: [
          { who: 'e2', posture: 'by the fire', doing: 'carving' },
          { who: 'e9', posture: 'nowhere', doing: null },
          { who: 'e2', posture: 'again', doing: null },
        ],
        relationships: [{ who: 'e1', ...standing }],
      },
      nowhere,
    );
    expect(card).toMatchObject({ character: MIRA, others: [{ character: OLAF, revision: 3 }] });
    expect(card.activities).toEqual([{ entity: OLAF, posture: 'by the fire', verb: 'carving' }]);
    expect(card.seeds).toEqual([{ entity: MIRA, ...standing }]);
  });
});

describe('a story begins', () => {
  const card = proposalOf(
    [casting(MIRA), casting(OLAF, { name: 'Olaf' })],
    {
      ...noAnswer,
      anchor: 'Day 1 = the first frost',
      weather: 'Sleet',
      activities: [{ who: 'e1', posture: 'at the bar', doing: null }],
      relationships: [{ who: 'e1', affinity: 30, trust: 90, summary: 'She owes {{user}}.' }],
    },
    nowhere,
  );
  const begun = (given: Partial<typeof card> = {}) => {
    const asked = { ...card, ...given };
    const nodes = { kickoff: 'k', greetings: firstWordsOf(asked).map((_, i) => `g${i + 1}`) };
    const sheets = { [MIRA]: exampleSheet, [OLAF]: { ...exampleSheet, name: 'Olaf' } };
    return beginChat({ ...opening, card: asked, sheets, nodes });
  };

  test('as its card says, with everyone who plays in one place', () => {
    const { story } = given(begun());
    expect(story).toMatchObject({
      clock: { anchor: 'Day 1 = the first frost', minutes: 0 },
      weather: 'Sleet',
      scene: { participants: [MIRA, OLAF, ANN], time: 'Late evening' },
    });
    expect(story.activities[MIRA]).toMatchObject({ posture: 'at the bar', place: 'place:p1' });
    expect(story.activities[OLAF]).toMatchObject({ place: 'place:p1' });
    expect(relationshipOf(story, MIRA, ANN)).toMatchObject({ affinity: 30, trust: 90 });
    expect(relationshipOf(story, OLAF, ANN)).toMatchObject({ affinity: 50, trust: 50 });
  });

  test('with its first greeting, and the others beside it to choose from', () => {
    const chat = given(begun({ greeting: 'Well, {{user}}?', alternateGreetings: ['Hm.', 'You.'] }));
    expect(texts(chat)).toEqual(['Well, Ann?']);
    expect(chat.head).toBe('g1');
    expect(chat.variantsOf('g1')).toEqual(['g1', 'g2', 'g3']);
  });

  test('without a word where the character finds its own', () => {
    const chat = given(begun({ greeting: '', alternateGreetings: ['unused'] }));
    expect(chat.head).toBe('k');
    expect(chat.story.turns).toEqual([]);
  });
});

describe('an opening is changed', () => {
  const names = { [MIRA]: 'Mira', [OLAF]: 'Olaf' };
  const card = proposalOf(
    [casting(MIRA), casting(OLAF, { name: 'Olaf' })],
    {
      ...noAnswer,
      weather: 'Sleet',
      anchor: 'Day 1 = the first frost',
      activities: [{ who: 'e1', posture: 'at the bar', doing: 'counting' }],
      relationships: [{ who: 'e2', affinity: 30, trust: 90, summary: 'He owes (nearly) all.' }],
    },
    nowhere,
  );
  const form = formOf(card, names);

  test('by one line for each who plays', () => {
    expect(form).toMatchObject({
      world: 'Sleet\nDay 1 = the first frost',
      people: 'Mira: at the bar; counting (50/50)\nOlaf: (30/90 He owes nearly all.)',
    });
  });

  test('not at all by a form that was left alone, whatever stands in it', () => {
    const line = fc.string({ maxLength: 90 }).map((text) => text.replace(/\s+/g, ' ').trim());
    const some = line.filter(Boolean);
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(some, fc.option(some), score, score, line, (verb, posture, a, t, summary) => {
        const activities = [{ entity: MIRA, posture, verb }];
        const seeds = [{ entity: OLAF, affinity: a, trust: t, summary }];
        const any = { ...card, activities, seeds };
        expect(readForm(formOf(any, names), any, names)).toEqual(any);
      }),
    );
  });

  test('line by line; what is left out is not said', () => {
    const people = 'olaf: asleep by the fire (20/80 a rival)\nMira: at the door; waiting';
    const changed = readForm({ ...form, world: 'Day 1 = today', place: ' ', people }, card, names);
    expect(changed).toMatchObject({ place: card.place, weather: null, anchor: 'Day 1 = today' });
    expect(changed.activities).toEqual([
      { entity: OLAF, posture: null, verb: 'asleep by the fire' },
      { entity: MIRA, posture: 'at the door', verb: 'waiting' },
    ]);
    expect(changed.seeds).toEqual([{ entity: OLAF, affinity: 20, trust: 80, summary: 'a rival' }]);
  });

  test.each(['Nobody: waits', 'Mira waits', 'Mira: waits (101/50)'])(
    'never by a line that cannot be read: %s',
    (people) => {
      expect(() => readForm({ ...form, people }, card, names)).toThrow('bad-opening');
    },
  );

  test('to begin with other first words, and to begin with none', () => {
    const three = { ...card, greeting: 'One.', alternateGreetings: ['Two.', 'Three.'] };
    const turned = beginningWith(three, 1);
    expect(firstWordsOf(turned)).toEqual(['Two.', 'One.', 'Three.']);
    expect(beginningWith(three, 9)).toEqual(three);
    const blank = readForm({ ...formOf(three, names), greeting: ' ' }, three, names);
    expect(firstWordsOf(blank)).toEqual([]);
  });
});

describe('first words', () => {
  const silent = { ...opening.card, greeting: '' };
  const begun = (card = silent) =>
    given(beginChat({ ...opening, card, nodes: { kickoff: 'k', greetings: [] } }));

  test('are found by the character itself where its author wrote none, before anyone speaks', () => {
    const [event] = startReply({ node: 'r' }, begun());
    expect(event).toMatchObject({ type: 'ReplyStarted', payload: { by: MIRA, answers: [] } });
  });

  test('are not due once anything was said, nor by whom nobody finds awake', () => {
    const chat = begun();
    given(replied('r', 'Well.'), chat);
    expect(startReply({ node: 'r2' }, chat)).toEqual([]);
    const asleep = begun();
    const changes = { status: 'asleep' as const };
    given(
      [{ type: 'ActivityChanged', node: 'a', payload: { entity: MIRA, changes, before: null } }],
      asleep,
    );
    expect(startReply({ node: 'r' }, asleep)).toEqual([]);
  });
});
