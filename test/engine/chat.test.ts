import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Chat } from '../../src/engine/chat.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { KEPT_TURNS, KEPT_WAITING } from '../../src/engine/state/story.ts';
import { begun, given, MIRA, recorded, replied, said, texts } from '../support/story.ts';

describe('a chat', () => {
  test('whatever anyone does opens a node after the head, and the head moves there', () => {
    const chat = given([...begun(), said('n1', 'one'), ...replied('n2', 'two')]);
    expect(chat.line()).toEqual(['k', 'g', 'n1', 'n2']);
    expect(chat.head).toBe('n2');
    expect(chat.parentOf('n2')).toBe('n1');
  });

  test('a result counts at its own node, however late it comes', () => {
    const [started, completed] = replied('n2', 'late words') as [NewEvent, NewEvent];
    const late = given([...begun(), said('n1', 'one'), started, said('n3', 'three'), completed]);
    const inTime = given([...begun(), said('n1', 'one'), started, completed, said('n3', 'three')]);
    expect(late.story).toEqual(inTime.story);
    expect(texts(late).slice(1)).toEqual(['one', 'late words', 'three']);
  });

  test('a result whose node is off the line waits there, and counts when the head comes back', () => {
    const [started, completed] = replied('n2', 'waiting') as [NewEvent, NewEvent];
    const chat = given([
      ...begun(),
      said('n1', 'one'),
      started,
      { type: 'HeadMoved', payload: { from: 'n2', to: 'n1', why: 'rewind' } },
      completed,
    ]);
    expect(texts(chat)).not.toContain('waiting');
    given([{ type: 'HeadMoved', payload: { from: 'n1', to: 'n2', why: 'undo' } }], chat);
    expect(texts(chat)).toContain('waiting');
  });

  test('what is said after the head moved back is another line, and knows nothing of the first', () => {
    const chat = given([
      ...begun(),
      said('n1', 'CANARY'),
      { type: 'HeadMoved', payload: { from: 'n1', to: 'g', why: 'rewind' } },
      said('n2', 'other'),
    ]);
    expect(chat.line()).toEqual(['k', 'g', 'n2']);
    expect(JSON.stringify(chat.story)).not.toContain('CANARY');
  });

  test('keeps a bounded number of turns', () => {
    const turns = Array.from({ length: 300 }, (_, index) => said(`n${index}`, `turn ${index}`));
    const chat = given([...begun(), ...turns]);
    expect(chat.story.turns).toHaveLength(KEPT_WAITING);
    expect(texts(chat).at(-1)).toBe('turn 299');
    given(replied('r', 'answer'), chat);
    expect(chat.story.turns).toHaveLength(KEPT_TURNS);
  });

  test('holds everything that waits for an answer, beyond the turns that it keeps', () => {
    const turns = Array.from({ length: 60 }, (_, index) => said(`n${index}`, `turn ${index}`));
    expect(texts(given([...begun(), ...turns]))).toContain('turn 0');
  });

  test('refuses an event out of its order', () => {
    const chat = given(begun());
    const [event] = recorded(chat, [said('n1', 'one')]);
    if (event === undefined) throw new Error('nothing was recorded');
    chat.apply(event);
    expect(() => chat.apply(event)).toThrow(/after/);
  });

  test('folded as it grew, or at once from its log, is the same, for any walk over the tree', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('say' as const) }),
      fc.record({ do: fc.constant('reply' as const) }),
      fc.record({ do: fc.constant('complete' as const), which: fc.nat() }),
      fc.record({ do: fc.constant('move' as const), which: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const grown = given(begun());
        const log = recorded(new Chat('c1'), begun());
        const nodes = ['k', 'g'];
        const open: string[] = [];
        const take = (events: readonly NewEvent[]) => {
          const fresh = recorded(grown, events);
          for (const event of fresh) grown.apply(event);
          log.push(...fresh);
          // Looked at after each step, so that states are kept and have to be forgotten rightly.
          void grown.story;
        };
        steps.forEach((each, index) => {
          const node = `s${index}`;
          if (each.do === 'say') take([said(node, node)]);
          if (each.do === 'reply') {
            take([
              {
                type: 'ReplyStarted',
                node,
                payload: { by: MIRA, to: null, answers: [], note: null },
              },
            ]);
            open.push(node);
          }
          if (each.do === 'say' || each.do === 'reply') nodes.push(node);
          const target =
            each.do === 'complete' ? open.splice(each.which % (open.length || 1), 1)[0] : undefined;
          if (target !== undefined) take(replied(target, `words of ${target}`).slice(1));
          if (each.do === 'move') {
            const to = nodes[each.which % nodes.length] ?? null;
            take([{ type: 'HeadMoved', payload: { from: grown.head, to, why: 'rewind' } }]);
          }
        });
        const folded = new Chat('c1', log);
        expect(folded.frame).toEqual(grown.frame);
        expect(folded.line()).toEqual(grown.line());
        for (const node of nodes) expect(folded.stateAt(node)).toEqual(grown.stateAt(node));
      }),
      { numRuns: 200 },
    );
  });
});
