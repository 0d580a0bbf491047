import { describe, expect, test } from 'vitest';
import { dueReply } from '../../src/engine/answering.ts';
import { bindChat, parkChat } from '../../src/engine/deciders/archiveChat.ts';
import { editTogether, takeBackEdit } from '../../src/engine/deciders/editStory.ts';
import { whisper } from '../../src/engine/deciders/whisper.ts';
import {
  exportedTurn,
  inParts,
  isWitnessed,
  markdownOf,
} from '../../src/engine/transcriptExport.ts';
import { namedPlace } from '../../src/engine/world.ts';
import { ANN, begun, given, MIRA, replied, said } from '../support/story.ts';

const whispered = (to = MIRA) => ({
  by: ANN,
  name: 'Ann',
  message: '100000000000000009',
  text: 'Psst.',
  readable: 'Psst.',
  quote: null,
  attachments: [],
  node: 'w',
  to,
  reply: 'r',
});

describe('several edits in one step', () => {
  test('find the place that an earlier one makes, and the step is taken back as one', () => {
    const chat = given(begun());
    const before = chat.story;
    const edits = [
      { type: 'SceneClosed', payload: { significance: 1 } },
      { type: 'PlaceCreated', payload: { id: 'place:loft', place: namedPlace('The loft') } },
      {
        type: 'SceneOpened',
        payload: { place: 'place:loft', time: 'Night', opening: '', participants: [MIRA] },
      },
    ] as const;
    given(editTogether({ node: 'e', edits: [...edits] as never }, chat), chat);
    expect(chat.story.scene?.place).toBe('place:loft');
    given(takeBackEdit({ node: 'e' }, chat), chat);
    expect(chat.story).toEqual(before);
  });

  test('happen all or not at all', () => {
    const chat = given(begun());
    const unknown = { type: 'EntityLeft', payload: { entity: 'character:nobody' } } as const;
    const close = { type: 'SceneClosed', payload: { significance: 1 } } as const;
    expect(() => editTogether({ node: 'e', edits: [close, unknown] }, chat)).toThrow(
      'unknown-entity',
    );
  });

  test('are not taken back once somebody spoke, and a message is no edit', () => {
    const chat = given(begun());
    given(
      editTogether(
        { node: 'e', edits: [{ type: 'WeatherChanged', payload: { weather: 'Fog' } }] },
        chat,
      ),
      chat,
    );
    given([said('u', 'Fog again.')], chat);
    for (const node of ['e', 'u']) {
      expect(() => takeBackEdit({ node }, chat)).toThrow('nothing-to-undo');
    }
  });
});

describe('a whisper', () => {
  test('is begun to be answered at once, to whoever whispered, and never in the channel', () => {
    const chat = given(begun());
    given([said('u', 'Good evening.')], chat);
    given(whisper(whispered(), chat), chat);
    expect(chat.story.turns.at(-1)).toMatchObject({ by: MIRA, to: ANN, answers: ['w'] });
    expect(dueReply(chat.story, 'addressed')).toMatchObject({ by: MIRA, answers: ['u'] });
    given([{ type: 'ReplyFailed', node: 'r', payload: { by: MIRA, failure: 'lost' } }], chat);
    given(replied('a', 'Evening.', ['u']), chat);
    expect(dueReply(chat.story, 'addressed')).toBeNull();
  });

  test('reaches characters who are there and awake, and nobody else', () => {
    const chat = given(begun());
    expect(() => whisper(whispered(ANN), chat)).toThrow('only-characters');
    given([{ type: 'EntityLeft', node: 'l', payload: { entity: MIRA } }], chat);
    expect(() => whisper(whispered(), chat)).toThrow('only-characters');
  });
});

describe('an export', () => {
  test('holds a whisper for the two of it alone, and dims what is out of character', () => {
    const chat = given(begun());
    given([said('u', 'Hello.')], chat);
    given(whisper(whispered(), chat), chat);
    expect(
      [ANN, MIRA, 'user:3', null].map((who) => isWitnessed(chat.stateAt('w'), 'w', who)),
    ).toEqual([true, true, false, true]);
    const turn = exportedTurn(chat.stateAt('w'), 'w', '2026-11-21T10:00:00.000Z');
    const words = { cast: String, whispers: (name: string, to: string) => `${name}, for ${to}` };
    expect(turn && markdownOf(turn, words)).toContain('**Ann**, for Mira');
    const segments = [{ kind: 'ooc' as const, text: 'brb <b>' }];
    expect(turn && markdownOf({ ...turn, segments }, words)).toContain('<sub>((brb &lt;b>))</sub>');
  });

  test('is cut between turns, and every part is within the limit', () => {
    const pieces = Array.from({ length: 20 }, (_, n) => `piece ${n}`);
    const frame = { head: '[', between: ',', tail: ']' };
    const parts = inParts(pieces, frame, 40, (text) => text.length);
    expect(parts.every((part) => part.length <= 40)).toBe(true);
    expect(parts.map((part) => part.slice(1, -1)).join(',')).toBe(pieces.join(','));
  });
});

test('a story that was put away is played again where it is bound', () => {
  const chat = given(begun());
  const elsewhere = { channel: '100000000000000007', guild: null };
  expect(() => bindChat(elsewhere, chat)).toThrow('played-elsewhere');
  given([...parkChat(chat), { type: 'ChatArchived', payload: {} }], chat);
  given(bindChat(elsewhere, chat), chat);
  expect(chat.frame).toMatchObject({ binding: elsewhere, archived: false });
});
