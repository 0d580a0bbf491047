import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askDigest } from '../../../src/engine/digest/askDigest.ts';
import { askSummary } from '../../../src/engine/digest/askSummary.ts';
import { covered, groupsOf } from '../../../src/engine/digest/covered.ts';
import { storyFor } from '../../../src/engine/digest/digestOutcome.ts';
import { scenePlayed, witnessesOf } from '../../../src/engine/digest/scenePlayed.ts';
import type { NewEvent } from '../../../src/engine/event.ts';
import { exampleSheet } from '../../../src/engine/sheet.ts';
import { namedPlace } from '../../../src/engine/world.ts';
import { ANN, begun, given, MIRA } from '../../support/story.ts';

const OLAF = 'character:olaf';
const VERA = 'character:vera';
const BOB = 'user:100000000000000005';
const everyone = [MIRA, OLAF, VERA, ANN, BOB];
const places = ['place:p1', 'place:p2'];

const step = fc.record({
  kind: fc.constantFrom('say', 'say', 'say', 'whisper', 'reply', 'reply', 'move', 'sleep', 'wake'),
  who: fc.nat(4),
  to: fc.nat(4),
  place: fc.nat(1),
});

/** Where everybody is and whether they are awake, as the test itself keeps track of it. */
interface Oracle {
  readonly at: Map<string, string>;
  readonly asleep: Set<string>;
  /** Who perceived which canary. */
  readonly heard: Map<string, Set<string>>;
}

const perceivers = ({ at, asleep }: Oracle, by: string, to: string | null): Set<string> =>
  new Set(
    everyone.filter(
      (entity) =>
        entity === by ||
        ((to === null || to === entity) && !asleep.has(entity) && at.get(entity) === at.get(by)),
    ),
  );

test('no question holds a word that somebody whom it is about did not perceive', () => {
  const seen = { lesser: 0, summaries: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 30 }), (steps) => {
      const oracle: Oracle = { at: new Map(), asleep: new Set(), heard: new Map() };
      const chat = given([
        ...begun(),
        {
          type: 'PlaceCreated',
          node: 'room',
          payload: { id: 'place:p2', place: namedPlace('Loft') },
        },
        ...everyone.map((entity, index): NewEvent => {
          oracle.at.set(entity, 'place:p1');
          const sheet = entity.startsWith('character:') ? exampleSheet : null;
          const payload = { entity, name: `N${index}`, sheet, revision: sheet && 1 };
          return { type: 'EntityEntered', node: 'cast', payload };
        }),
      ]);
      const doing = (node: string, entity: string, changes: object): NewEvent =>
        ({ type: 'ActivityChanged', node, payload: { entity, changes, before: null } }) as NewEvent;
      steps.forEach(({ kind, who, to, place }, index) => {
        const node = `n${index}`;
        const canary = `canary${index}x`;
        const entity = everyone[who] ?? MIRA;
        const target = kind === 'whisper' ? (everyone[to] ?? ANN) : null;
        if (kind === 'move') {
          oracle.at.set(entity, places[place] ?? '');
          given([doing(node, entity, { place: places[place] })], chat);
        } else if (kind === 'sleep' || kind === 'wake') {
          if (kind === 'sleep') oracle.asleep.add(entity);
          else oracle.asleep.delete(entity);
          given([doing(node, entity, { status: kind === 'sleep' ? 'asleep' : 'awake' })], chat);
        } else if (kind === 'reply') {
          const by = [MIRA, OLAF, VERA][who % 3] ?? MIRA;
          oracle.heard.set(canary, perceivers(oracle, by, null));
          const words = { finish: 'stop', truncated: false, model: null, usage: null } as const;
          given(
            [
              { type: 'ReplyStarted', node, payload: { by, to: null, answers: [], note: null } },
              { type: 'ReplyCompleted', node, payload: { by, text: canary, ...words } },
            ],
            chat,
          );
          check(node);
        } else {
          const by = who % 2 === 0 ? ANN : BOB;
          // Whoever speaks is awake by it.
          oracle.asleep.delete(by);
          oracle.heard.set(canary, perceivers(oracle, by, target));
          const segments = [{ kind: 'dialogue' as const, text: canary }];
          const said = { by, to: target, message: '100000000000000009', text: canary, segments };
          given(
            [{ type: 'UserSpoke', node, payload: { ...said, quote: null, attachments: [] } }],
            chat,
          );
        }
      });
      given([{ type: 'SceneClosed', node: 'end', payload: { significance: 1 } }], chat);
      check('end');
      const played = scenePlayed(chat, 'end');
      if (played === null) throw new Error('the scene was open');
      for (const owner of witnessesOf(played)) {
        seen.summaries += 1;
        const { material } = askSummary(chat, 'end', played, owner);
        const perceived = [...oracle.heard].filter(([, by]) => by.has(owner)).map(([word]) => word);
        expect(canariesIn(material)).toEqual(perceived);
      }

      function check(node: string): void {
        groupsOf(covered(chat, node)).forEach((group, index) => {
          if (index > 0) seen.lesser += 1;
          const { material } = askDigest(storyFor(chat, node), group, index === 0);
          for (const canary of canariesIn(material)) {
            for (const member of group.members) expect(oracle.heard.get(canary)).toContain(member);
          }
        });
      }
    }),
    { numRuns: 150 },
  );
  // It was about something.
  expect(seen.lesser).toBeGreaterThan(50);
  expect(seen.summaries).toBeGreaterThan(100);
});

const canariesIn = (material: readonly object[]): string[] =>
  JSON.stringify(material).match(/canary\d+x/g) ?? [];
