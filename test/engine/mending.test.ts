import { expect, test } from 'vitest';
import type { Envelope } from '../../src/engine/defineEvent.ts';
import { type DomainEvent, evolve } from '../../src/engine/event.ts';
import { kinds } from '../../src/engine/events/index.ts';
import { HANGS_ON_WORDS, MENDING_KINDS } from '../../src/engine/mending.ts';
import type { StoryState } from '../../src/engine/state/story.ts';
import { begun, given, MIRA } from '../support/story.ts';

const story = kinds.filter(({ scope }) => scope !== 'home' && scope !== 'frame');
const at = (node: string): Envelope => ({
  stream: 'chat:c1',
  version: 99,
  schema: 1,
  at: '2026-11-21T10:00:00.000Z',
  actor: 'troupe',
  command: 'x',
  node,
  sources: [],
  run: null,
  cause: null,
});

test.each(story.map(({ type }) => type))(
  '%s is folded anew if it changes what hangs on words; as a result it is a move if it changes more',
  (type) => {
    // A state in which every example finds what it names.
    const everything = story.reduce(
      (state, { type: each, example }, index) =>
        each === 'CharacterReset'
          ? state
          : evolve<'either'>(state, {
              ...at(`n${index}`),
              type: each,
              payload: example,
            } as DomainEvent),
      given(begun()).story,
    );
    const kind = kinds.find((each) => each.type === type);
    const event = { ...at('n100'), type, payload: kind?.example } as DomainEvent;
    const after = evolve<'either'>(everything, event);
    const changed = (Object.keys(HANGS_ON_WORDS) as (keyof StoryState)[]).filter(
      (slice) => HANGS_ON_WORDS[slice] && after[slice] !== everything[slice],
    );
    expect(Object.keys(everything)).toEqual(expect.arrayContaining(Object.keys(HANGS_ON_WORDS)));
    expect(everything.cast[MIRA]).toBeDefined();
    if (changed.length > 0) expect(MENDING_KINDS).toContain(type);
    const isResult = kind?.scope === 'attaches' || kind?.scope === 'either';
    if (!isResult || ('moves' in kind && kind.moves)) return;
    const moved = (Object.keys(HANGS_ON_WORDS) as (keyof StoryState)[]).filter(
      (slice) => !HANGS_ON_WORDS[slice] && after[slice] !== everything[slice],
    );
    expect(moved.filter((slice) => slice !== 'turns')).toEqual([]);
  },
);
