import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import { Prompts } from '../../src/app/promptFor.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { isKnown, textOf } from '../../src/engine/prompt/transcript.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import type { StoryState, Turn } from '../../src/engine/state/story.ts';
import { namedPlace } from '../../src/engine/world.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { WhoKnows } from '../support/whoKnows.ts';

const CAST = ['character:mira', 'character:olaf', 'character:bo', 'user:1'];
const CHARACTERS = CAST.slice(0, 3);
const PLACES = ['inn', 'cellar', 'pier'];

const who = fc.constantFrom(...CAST);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('say' as const), who }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('whisper' as const), who, to: who }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tell' as const), who, pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('quote' as const), who, pick: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      who,
      place: fc.constantFrom(...PLACES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('enter' as const, 'leave' as const, 'sleep' as const, 'wake' as const),
      who,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('digest' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('scene' as const), who }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays steps through the real store, and by the oracle beside it. */
class Told {
  readonly store = sqliteStore(openDatabase(':memory:'));
  readonly chats = new Chats(this.store, { now: () => 0, sleep: () => Promise.resolve() });
  readonly oracle = new WhoKnows(CAST, 'inn');
  readonly secrets: string[] = [];
  /** Secrets in the words that a scene opened with, and who was there. */
  readonly openings = new Map<string, readonly string[]>();
  readonly #said: { readonly node: string; readonly by: string }[] = [];
  #count = 0;
  #digested = 0;

  get story(): StoryState {
    return this.chats.read('c').story;
  }

  async write(events: (node: string) => NewEvent[]): Promise<void> {
    const node = `n${this.#count++}`;
    const decide = () => events(node);
    await this.chats.execute({ chat: 'c', id: node, actor: 'troupe', decide });
  }

  begin(): Promise<void> {
    return this.write((node) => [
      { type: 'ChatRenamed', payload: { name: 'x' } },
      ...PLACES.map(
        (place): NewEvent => ({
          type: 'PlaceCreated',
          node,
          payload: { id: `place:${place}`, place: namedPlace(place) },
        }),
      ),
      ...CAST.map(
        (entity): NewEvent => ({ type: 'EntityEntered', node, payload: entering(entity) }),
      ),
      {
        type: 'SceneOpened',
        node,
        payload: { place: 'place:inn', time: 'Late', opening: 'Rain.', participants: CAST },
      },
    ]);
  }

  async do(each: Step): Promise<void> {
    const { who: by } = each;
    switch (each.kind) {
      case 'say':
        return this.#say(by, [this.#secret()], null);
      case 'whisper':
        return each.to === by ? undefined : this.#say(by, [this.#secret()], each.to);
      case 'tell': {
        const known = [...this.oracle.knows(by)];
        const secret = known[each.pick % Math.max(1, known.length)];
        return this.#say(by, secret === undefined ? [this.#secret()] : [secret], null);
      }
      case 'quote': {
        const quoted = this.#said[each.pick % Math.max(1, this.#said.length)] ?? null;
        return this.#say(by, [this.#secret()], null, quoted);
      }
      case 'move':
        this.oracle.move(by, each.place);
        return this.#change(by, { place: `place:${each.place}` });
      case 'sleep':
        this.oracle.sleep(by);
        return this.#change(by, { status: 'asleep' });
      case 'wake':
        this.oracle.wake(by);
        return this.#change(by, { status: 'awake' });
      case 'enter':
        this.oracle.enter(by);
        return this.write((node) => [{ type: 'EntityEntered', node, payload: entering(by) }]);
      case 'leave':
        this.oracle.leave(by);
        return this.write((node) => [{ type: 'EntityLeft', node, payload: { entity: by } }]);
      case 'digest':
        return this.#digest();
      case 'scene':
        return this.#scene();
    }
  }

  #secret(): string {
    const secret = `canary${this.secrets.length}q`;
    this.secrets.push(secret);
    return secret;
  }

  async #say(
    by: string,
    secrets: string[],
    to: string | null,
    quoted: { readonly node: string; readonly by: string } | null = null,
  ): Promise<void> {
    this.oracle.say(by, secrets, to);
    const text = secrets.join(' ');
    await this.write((node) => {
      this.#said.push({ node, by });
      const quote = quoted && { by: 'x', text: 'x', node: quoted.node, entity: quoted.by };
      const segments = [{ kind: 'dialogue' as const, text }];
      const payload = { by, to, message: '100000000000000009', text, segments, quote };
      return [{ type: 'UserSpoke', node, payload: { ...payload, attachments: [] } }];
    });
  }

  #change(entity: string, changes: { place: string } | { status: 'asleep' | 'awake' }) {
    return this.write((node) => [
      { type: 'ActivityChanged', node, payload: { entity, changes, before: null } },
    ]);
  }

  /** What a classifier that repeats everything would have everyone take from what they perceived. */
  async #digest(): Promise<void> {
    const turns = this.story.turns.slice(this.#digested - this.#count);
    this.#digested = this.#count;
    await this.write((node) =>
      CHARACTERS.flatMap((owner): NewEvent[] => {
        const text = wordsFor(owner, turns);
        if (text === '') return [];
        const facts = [`fact ${text}`.slice(0, 300)];
        const memory = { kind: 'event', scene: null, storyTime: 0, source: 'direct' } as const;
        return [
          {
            type: 'MemoryWritten',
            node,
            payload: {
              owner,
              text,
              witnesses: [owner],
              reliability: 100,
              significance: 3,
              ...memory,
            },
          },
          {
            type: 'RelationshipShifted',
            node,
            payload: { from: owner, to: 'user:1', affinity: 1, trust: 0, facts },
          },
        ];
      }),
    );
  }

  /** The scene closes with everyone's own account of it, and another opens for those who are there. */
  async #scene(): Promise<void> {
    const { scene, turns } = this.story;
    const opening = this.#secret();
    const participants = this.oracle.at('inn');
    this.openings.set(opening, participants);
    await this.write((node) => [
      { type: 'SceneClosed', node, payload: { significance: 1 } },
      ...CHARACTERS.flatMap((owner): NewEvent[] => {
        const text = wordsFor(owner, turns);
        const payload = { owner, scene: scene?.id ?? node, text, significance: 1, before: null };
        return text === '' ? [] : [{ type: 'SceneSummarized', node, payload }];
      }),
      {
        type: 'SceneOpened',
        node,
        payload: { place: 'place:inn', time: 'Later', opening, participants },
      },
    ]);
  }
}

const wordsFor = (owner: string, turns: readonly Turn[]): string =>
  turns
    .filter((turn) => isKnown(turn, owner))
    .map(textOf)
    .join(' ')
    .slice(0, 1_900);

const entering = (entity: string) => ({
  entity,
  name: entity.replace(/.*:/, ''),
  sheet: entity.startsWith('character:') ? { ...exampleSheet, name: entity.slice(10) } : null,
  revision: entity.startsWith('character:') ? 1 : null,
});

const BUDGETS = [
  { soft: 100_000, hard: 100_000 },
  { soft: 900, hard: 1_200 },
];

test('nobody knows what they neither witnessed nor were told, in whatever section, and knows what they did', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const told = new Told();
      await told.begin();
      for (const each of steps) await told.do(each);
      for (const [index, budget] of BUDGETS.entries()) {
        const settings = { model: '', budget, olderTurns: 200 };
        const count = (text: string) => text.split(/\s+/).filter(Boolean).length;
        const prompts = new Prompts({
          store: told.store,
          meanings: null,
          settings,
          books: () => [],
          count,
        });
        for (const character of CHARACTERS) {
          const { system, lines, receipt } = prompts.next(told.chats.read('c'), character);
          const held = `${system}\n${lines.map(({ text }) => text).join('\n')}`;
          const known = told.oracle.knows(character);
          for (const secret of told.secrets) {
            const saw = told.openings.get(secret)?.includes(character) === true;
            if (!known.has(secret) && !saw)
              expect(held, `${character}: ${secret}`).not.toContain(secret);
          }
          // What was heard is not lost either, where there is room.
          const spoken = told.story.turns.flatMap((turn) => textOf(turn).split(' '));
          if (index === 0) {
            for (const secret of spoken) if (known.has(secret)) expect(held).toContain(secret);
          }
          expect(receipt.tokens).toBeLessThanOrEqual(budget.hard);
        }
      }
      told.store.close();
    }),
    { numRuns: 60 },
  );
}, 30_000);
