import { describe, expect, test } from 'vitest';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import {
  BOB,
  digestOf,
  kindOf,
  materialOf,
  memoryOf,
  OLAF,
  openChronicle,
  summaryOf,
} from '../support/chronicle.ts';
import type { RecordedRequest } from '../support/modelServer.ts';
import { ANN, MIRA } from '../support/story.ts';

const all = (requests: readonly RecordedRequest[]) => requests.map((each) => JSON.stringify(each));

describe('a digest', () => {
  test('asks once for a reply, over all that was said since the last one, for everyone there', async () => {
    const chronicle = await openChronicle(
      digestOf({
        relationships: [
          { from: 'Mira', to: 'Ann', affinity: 3, trust: 1_000, facts: ['Is afraid of dogs'] },
          { from: 'Olaf', to: 'Ann', affinity: -2.4, trust: 0, facts: [] },
          { from: 'Ann', to: 'Mira', affinity: 9, trust: 9, facts: ['A person judges by itself'] },
          { from: 'Mira', to: 'Nobody', affinity: 9, trust: 9, facts: ['Unknown'] },
        ],
        memories: [memoryOf('Mira', 'Ann would rather not meet the hound again.')],
        minutes: 12.4,
        weather: 'Sleet',
      }),
    );
    await chronicle.enter(OLAF, 'Olaf');
    await chronicle.say('I met a dog on the pier.');
    await chronicle.say('I ran. I always run from dogs, big or small, since I was six.');
    const reply = await chronicle.reply('*nods* Then stay by the fire tonight.');
    await chronicle.settle();
    const { classifications } = chronicle.models;
    expect(classifications).toHaveLength(1);
    const turns = materialOf(classifications[0] as RecordedRequest).filter(({ name }) =>
      /^t\d/.test(name),
    );
    expect(turns.map(({ text }) => text)).toEqual([
      'I met a dog on the pier.',
      'I ran. I always run from dogs, big or small, since I was six.',
      '*nods* Then stay by the fire tonight.',
    ]);
    const { story } = chronicle.read();
    expect(relationshipOf(story, MIRA, ANN)).toMatchObject({
      affinity: 53,
      trust: 60,
      facts: [{ text: 'Is afraid of dogs', knownTo: [MIRA, ANN, OLAF], node: reply }],
      last: reply,
    });
    expect(relationshipOf(story, OLAF, ANN)).toMatchObject({ affinity: 48, trust: 50 });
    expect(Object.keys(story.relationships)).toHaveLength(2);
    expect(story.clock.minutes).toBe(12);
    expect(story.weather).toBe('Sleet');
    expect(chronicle.memories(MIRA).map(({ text }) => text)).toEqual([
      'Ann would rather not meet the hound again.',
    ]);
    expect(chronicle.memories(OLAF)).toEqual([]);
  });

  test('asks once more for each group that perceived less, over just what it perceived', async () => {
    const chronicle = await openChronicle((request) => {
      const text = JSON.stringify(materialOf(request));
      const canaries = text.match(/canary\d/g) ?? [];
      return digestOf({
        memories: ['Mira', 'Olaf'].map((owner) => memoryOf(owner, `Knows ${canaries.join(' ')}.`)),
        relationships: ['Mira', 'Olaf'].map((from) => ({
          from,
          to: 'Ann',
          affinity: canaries.length,
          trust: 0,
          facts: [],
        })),
        minutes: 10,
        weather: `as of ${canaries.length}`,
      });
    });
    await chronicle.enter(OLAF, 'Olaf');
    await chronicle.enter(BOB, 'Bob');
    const aloud = await chronicle.say(
      'A cold night, with canary1 in it, and the wind from the north again.',
    );
    await chronicle.say('Between us, canary2 is under the third stone.', { to: MIRA });
    const reply = await chronicle.reply('Hush, canary3. Not here, not with these ears about.', {
      to: ANN,
    });
    await chronicle.settle();
    const { classifications } = chronicle.models;
    expect(classifications).toHaveLength(2);
    const [whole, lesser] = all(classifications).sort((a, b) => b.length - a.length);
    expect(whole).toContain('canary3');
    expect(lesser).toContain('canary1');
    expect(lesser).not.toMatch(/canary[23]/);
    const { story } = chronicle.read();
    expect(story.clock.minutes).toBe(10);
    expect(story.weather).toBe('as of 3');
    expect(relationshipOf(story, MIRA, ANN).affinity).toBe(53);
    expect(relationshipOf(story, OLAF, ANN).affinity).toBe(51);
    expect(chronicle.memories(MIRA)[0]?.text).toContain('canary2');
    expect(chronicle.memories(OLAF)[0]?.text).toBe('Knows canary1.');
    const written = chronicle.store.load('chat:c1').filter((event) => event.run?.owner === OLAF);
    for (const event of written) {
      expect(event.node).toBe(reply);
      expect(event.sources).toEqual([{ node: aloud, revision: 0 }]);
    }
  });

  test('moves people and the scene, so that who left does not hear what is said next', async () => {
    const answers = [
      digestOf({ activities: [{ who: 'Olaf', status: 'away' }] }),
      digestOf({
        activities: [{ who: 'Mira', action: 'lights a lamp', holding: ['a lamp'] }],
        scene: { ends: 'moved', significance: 2, place: 'The pier', with: ['Ann', 'Mira'] },
      }),
      digestOf({ activities: [{ who: 'Olaf', status: 'awake', place: 'the drowned bell' }] }),
    ];
    const chronicle = await openChronicle((request) =>
      kindOf(request) === 'digest' ? (answers.shift() ?? digestOf()) : summaryOf('We were there.'),
    );
    await chronicle.enter(OLAF, 'Olaf');
    await chronicle.say('Olaf, would you see to the horses?');
    await chronicle.reply('*Olaf goes out into the rain.*', { by: OLAF });
    await chronicle.settle();
    const told = await chronicle.say('He is gone. Come with me to the pier.');
    const moved = await chronicle.reply('*takes a lamp and follows*');
    await chronicle.settle();
    const { story } = chronicle.read();
    const secret = story.turns.find(({ node }) => node === told);
    expect(secret?.witnesses).toEqual([MIRA, ANN]);
    expect(story.scene).toMatchObject({ id: moved, participants: [ANN, MIRA] });
    expect(story.places[story.scene?.place ?? '']?.name).toBe('The pier');
    expect(story.activities[ANN]?.place).toBe(story.scene?.place);
    expect(story.activities[OLAF]).toMatchObject({ status: 'away', place: null });
    await chronicle.say('Look at that sea.');
    await chronicle.reply('I would rather not.');
    await chronicle.settle();
    expect(chronicle.read().story.activities[OLAF]).toMatchObject({
      status: 'awake',
      place: 'place:p1',
    });
    expect(Object.keys(chronicle.read().story.places)).toHaveLength(2);
  });

  test('never leaves a person with nobody to hear them: who goes does what they do, and stays', async () => {
    const answers = [
      digestOf({ activities: [{ who: 'Mira', place: 'The cellar', posture: 'stooped' }] }),
      digestOf({ activities: [{ who: 'Mira', status: 'asleep' }] }),
      digestOf({ activities: [{ who: 'Ann', place: 'The loft' }] }),
      digestOf({ scene: { ends: 'moved', significance: 1, place: 'The pier', with: ['Ann'] } }),
    ];
    const chronicle = await openChronicle((request) =>
      kindOf(request) === 'digest' ? (answers.shift() ?? digestOf()) : summaryOf('We went.'),
    );
    while (answers.length > 0) {
      const said = await chronicle.say('And now?');
      await chronicle.reply('Now this.');
      await chronicle.settle();
      const { turns } = chronicle.read().story;
      expect(turns.find(({ node }) => node === said)?.witnesses).toEqual([MIRA, ANN]);
    }
    const { activities, scene, places } = chronicle.read().story;
    expect(Object.values(places).map(({ name }) => name)).toEqual(['The Drowned Bell', 'The pier']);
    expect(activities[MIRA]).toMatchObject({ posture: 'stooped', status: 'awake' });
    expect(activities[MIRA]?.place).toBe(scene?.place);
    expect(activities[ANN]?.place).toBe(scene?.place);
  });

  test('tells speech and action apart in unmarked prose, word for word', async () => {
    const chronicle = await openChronicle(
      digestOf({
        actions: [
          { turn: 't1', text: 'She sits down by the fire.' },
          { turn: 't1', text: 'She steals the silver.' },
          { turn: 't2', text: 'Soup.' },
        ],
      }),
    );
    const said = await chronicle.say('What is in the soup? She sits down by the fire. Well?');
    await chronicle.reply('Soup.');
    await chronicle.settle();
    const turn = chronicle.read().story.turns.find(({ node }) => node === said);
    expect(turn?.kind === 'user' && turn.segments).toEqual([
      { kind: 'dialogue', text: 'What is in the soup?' },
      { kind: 'action', text: 'She sits down by the fire.' },
      { kind: 'dialogue', text: 'Well?' },
    ]);
  });
});
