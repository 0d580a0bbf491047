import { describe, expect, test } from 'vitest';
import { reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { rewind, undo } from '../../src/engine/deciders/moveHead.ts';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import {
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

const isSummary = (request: RecordedRequest) => kindOf(request) === 'scene-summary';
const owned = (request: RecordedRequest) =>
  /e1: (\w+)/.exec(materialOf(request)[0]?.text ?? '')?.[1] ?? '';
const canariesIn = (request: RecordedRequest) => [
  ...new Set(JSON.stringify(materialOf(request)).match(/canary\w+/g)),
];

/** Remembers every canary that it is shown, in every account. */
const echo = (request: RecordedRequest) => {
  const canaries = canariesIn(request).join(' ');
  if (isSummary(request)) {
    return summaryOf(`${owned(request)} looks back: ${canaries}.`, [
      { to: 'Ann', summary: `So Ann is, by ${canaries}.` },
    ]);
  }
  const lines = ['Mira', 'Olaf'].flatMap((owner) => [memoryOf(owner, `Recalls ${canaries}.`)]);
  return digestOf({ memories: lines });
};
const chatter = (canary: string) => `Well, ${canary}, as the saying goes, by wind and by water.`;

const hall = async () => {
  const chronicle = await openChronicle(echo);
  await chronicle.enter(OLAF, 'Olaf');
  return chronicle;
};

describe('a closed scene', () => {
  test('leaves one summary per witness, of what it perceived, in place of its minor memories', async () => {
    const chronicle = await hall();
    await chronicle.say(chatter('canaryA'));
    await chronicle.reply('So they say in these parts.');
    await chronicle.say(chatter('canaryB'), { to: MIRA });
    await chronicle.reply('Not a word of it to Olaf.', { to: ANN });
    await chronicle.settle();
    expect(chronicle.memories(MIRA)).toHaveLength(2);
    const before = chronicle.models.classifications.length;
    await chronicle.close();
    await chronicle.settle();
    const asked = chronicle.models.classifications.slice(before);
    expect(asked.map(kindOf)).toEqual(['scene-summary', 'scene-summary']);
    expect(asked.map((each) => [owned(each), canariesIn(each)])).toEqual([
      ['Mira', ['canaryA', 'canaryB']],
      ['Olaf', ['canaryA']],
    ]);
    const { story } = chronicle.read();
    expect(story.summaries[MIRA]?.map(({ text }) => text)).toEqual([
      'Mira looks back: canaryA canaryB.',
    ]);
    expect(story.summaries[OLAF]?.map(({ text }) => text)).toEqual(['Olaf looks back: canaryA.']);
    expect(relationshipOf(story, MIRA, ANN).summary).toContain('canaryB');
    expect(relationshipOf(story, OLAF, ANN).summary).not.toContain('canaryB');
    expect(chronicle.memories(MIRA)).toEqual([]);
    expect(chronicle.memories(OLAF)).toEqual([]);
  });

  test('is summed up with what was said without a reply, and gives its memories back when it is undone', async () => {
    const chronicle = await openChronicle((request) =>
      isSummary(request)
        ? echo(request)
        : digestOf({
            memories: [
              memoryOf('Mira', `Recalls ${canariesIn(request).join(' ')}.`, {
                significance: canariesIn(request).includes('canaryN') ? 2 : 1,
              }),
            ],
          }),
    );
    await chronicle.say(chatter('canaryN'));
    await chronicle.reply('That is worth knowing, and I shall.');
    await chronicle.say(chatter('canaryM'));
    const last = await chronicle.reply('And that is not.');
    await chronicle.say(chatter('canaryL'));
    const head = chronicle.read().head;
    await chronicle.close();
    await chronicle.settle();
    const kept = () => chronicle.memories(MIRA).map(({ text }) => text);
    expect(kept()).toEqual(['Recalls canaryN.']);
    expect(chronicle.read().story.summaries[MIRA]?.[0]?.text).toContain('canaryL');
    await chronicle.run((chat) => rewind({ to: head ?? last }, chat));
    expect(kept()).toEqual(['Recalls canaryN.', 'Recalls canaryM.']);
    expect(chronicle.read().story.summaries).toEqual({});
    await chronicle.run((chat) => undo({ move: null }, chat));
    expect(kept()).toEqual(['Recalls canaryN.']);
  });

  test('is looked back on from what was known before, and anew when that changes', async () => {
    const chronicle = await openChronicle(echo);
    const said = await chronicle.say(chatter('canaryA'));
    await chronicle.reply('So they say in these parts.');
    await chronicle.close();
    await chronicle.say(chatter('canaryB'));
    await chronicle.reply('That too, and often.');
    await chronicle.settle();
    // Who goes on talking opens the next scene, with what was said in it.
    expect(chronicle.read().story.scene).not.toBeNull();
    await chronicle.close();
    await chronicle.settle();
    const story = () => chronicle.read().story;
    const summaries = () => story().summaries[MIRA]?.map(({ text }) => text);
    expect(summaries()).toEqual([
      'Mira looks back: canaryA.',
      // The relationship's summary was there to read.
      'Mira looks back: canaryA canaryB.',
    ]);
    const text = chatter('canaryC');
    await chronicle.run((chat) => reviseTurn({ turn: said, text, readable: text }, chat));
    // Until it is derived anew, nothing that was made from the old words is there.
    expect(JSON.stringify(story())).not.toContain('canaryA');
    expect(JSON.stringify(chronicle.memories(MIRA))).not.toContain('canaryA');
    await chronicle.settle();
    expect(summaries()).toEqual(['Mira looks back: canaryC.', 'Mira looks back: canaryC canaryB.']);
    expect(relationshipOf(story(), MIRA, ANN).summary).toContain('canaryC');
    expect(JSON.stringify(story())).not.toContain('canaryA');
  });

  test('closes by a sign of it, and the next one opens', async () => {
    const ends = ['done', 'time', null];
    const chronicle = await openChronicle((request) => {
      if (isSummary(request)) return echo(request);
      const scene = {
        ends: ends.shift() ?? null,
        significance: 2,
        time: 'Morning',
        opening: 'Fog.',
      };
      return digestOf({ scene: { ...scene, place: null, with: [] } });
    });
    await chronicle.say('We are done here.');
    await chronicle.reply('Good night, then.');
    await chronicle.settle();
    expect(chronicle.read().story.scene).toBeNull();
    await chronicle.say('Hours later I wake.');
    const reply = await chronicle.reply('*is up already*');
    await chronicle.settle();
    expect(chronicle.read().story.scene).toMatchObject({
      id: reply,
      time: 'Morning',
      opening: 'Fog.',
    });
    expect(chronicle.read().story.summaries[MIRA]).toHaveLength(1);
  });
});
