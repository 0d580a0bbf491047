import { describe, expect, test } from 'vitest';
import { beginChat } from '../../src/engine/deciders/beginChat.ts';
import { firstWordsOf } from '../../src/engine/kickoff/kickoffForm.ts';
import { noAnswer, proposalOf } from '../../src/engine/kickoff/proposal.ts';
import { exampleSheet, type Sheet } from '../../src/engine/sheet.ts';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import { ANN, given, MIRA, opening, texts } from '../support/story.ts';

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
      scene: { participants: [MIRA, OLAF], time: 'Late evening' },
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
