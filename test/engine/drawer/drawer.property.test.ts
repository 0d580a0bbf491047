import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chats } from '../../../src/app/chats.ts';
import { Drawer } from '../../../src/app/drawer.ts';
import { Homes } from '../../../src/app/homes.ts';
import { Rights } from '../../../src/app/rights.ts';
import { castTab } from '../../../src/discord/embeds/drawer/castTab.ts';
import { historyTab } from '../../../src/discord/embeds/drawer/historyTab.ts';
import { memoriesTab } from '../../../src/discord/embeds/drawer/memoriesTab.ts';
import {
  pageOf,
  relationshipCard,
  relationshipsTab,
} from '../../../src/discord/embeds/drawer/relationshipsTab.ts';
import { sceneTab } from '../../../src/discord/embeds/drawer/sceneTab.ts';
import { soFarTab } from '../../../src/discord/embeds/drawer/soFarTab.ts';
import { texts } from '../../../src/discord/texts.ts';
import type { Chat } from '../../../src/engine/chat.ts';
import { askDigest } from '../../../src/engine/digest/askDigest.ts';
import { askSummary } from '../../../src/engine/digest/askSummary.ts';
import { covered, groupsOf } from '../../../src/engine/digest/covered.ts';
import { digestOutcome, storyFor } from '../../../src/engine/digest/digestOutcome.ts';
import { scenePlayed, witnessesOf } from '../../../src/engine/digest/scenePlayed.ts';
import { summaryOutcome } from '../../../src/engine/digest/summaryOutcome.ts';
import type { Viewpoint } from '../../../src/engine/drawer/viewpoint.ts';
import type { NewEvent } from '../../../src/engine/event.ts';
import { exampleSheet } from '../../../src/engine/sheet.ts';
import { namedPlace } from '../../../src/engine/world.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { sqliteStore } from '../../../src/store/sqliteStore.ts';
import { WhoKnows } from '../../support/whoKnows.ts';

const [MIRA, OLAF] = ['character:mira', 'character:olaf'];
const [ANN, BOB] = ['user:100000000000000002', 'user:100000000000000005'];
const CHARACTERS = [MIRA, OLAF];
const PEOPLE = [ANN, BOB];
const CAST = [...CHARACTERS, ...PEOPLE];
const PLACES = ['inn', 'cellar'];

const step = fc.record({
  kind: fc.constantFrom(
    ...['say', 'say', 'say', 'whisper', 'whisper', 'reply', 'reply', 'reply', 'reply', 'move'],
    ...['enter', 'leave', 'sleep', 'wake', 'scene', 'fact', 'tell', 'set'],
  ),
  who: fc.nat(3),
  to: fc.nat(3),
  pick: fc.nat(50),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A story that is played through the real store, digested by a model that repeats all that it reads. */
class Played {
  readonly store = sqliteStore(openDatabase(':memory:'));
  readonly clock = { now: () => 0, sleep: () => Promise.resolve() };
  readonly chats = new Chats(this.store, this.clock);
  readonly homes = new Homes(this.store, this.clock, []);
  readonly drawer = new Drawer({
    store: this.store,
    chats: this.chats,
    homes: this.homes,
    rights: new Rights(this.chats, this.homes),
  });
  readonly oracle = new WhoKnows(CAST, 'inn');
  readonly here = new Set(CAST);
  readonly secrets: string[] = [];
  /** Secrets that were never said, and who knows them otherwise. */
  readonly otherwise = new Map<string, readonly string[]>();
  #count = 0;

  knows(viewer: string, secret: string): boolean {
    return (
      this.oracle.knows(viewer).has(secret) || this.otherwise.get(secret)?.includes(viewer) === true
    );
  }

  async run(decide: (chat: Chat, node: string) => NewEvent[], actor = 'troupe'): Promise<string> {
    const node = `n${this.#count++}`;
    const command = { chat: 'c', id: node, actor: actor as 'troupe' };
    await this.chats.execute({ ...command, decide: (chat) => decide(chat, node) });
    return node;
  }

  async begin(): Promise<void> {
    await this.run((_, node) => [
      { type: 'ChatRenamed', payload: { name: 'x' } },
      ...PLACES.map(
        (place): NewEvent => ({
          type: 'PlaceCreated',
          node,
          payload: { id: `place:${place}`, place: namedPlace(place) },
        }),
      ),
      ...CAST.map((entity): NewEvent => entered(node, entity)),
      opened(node, 'Rain.', CAST),
    ]);
  }

  async do({ kind, who, to, pick }: Step): Promise<void> {
    const by = CAST[who] ?? ANN;
    const person = PEOPLE[who % 2] ?? ANN;
    const other = CAST[to] ?? MIRA;
    switch (kind) {
      case 'say':
        return this.#say(person, [this.#secret()], null);
      case 'whisper':
        if (other !== person) await this.#say(person, [this.#secret()], other);
        return;
      case 'tell': {
        const known = [...this.oracle.knows(person)];
        const secret = known[pick % Math.max(1, known.length)];
        return this.#say(person, [secret ?? this.#secret()], null);
      }
      case 'reply':
        return this.#reply(CHARACTERS[who % 2] ?? MIRA, pick % 4 === 0 ? other : null);
      case 'move': {
        const place = PLACES[pick % 2] ?? 'inn';
        this.oracle.move(by, place);
        return this.#change(by, { place: `place:${place}` });
      }
      case 'sleep':
        this.oracle.sleep(by);
        return this.#change(by, { status: 'asleep' });
      case 'wake':
        this.oracle.wake(by);
        return this.#change(by, { status: 'awake' });
      case 'enter':
        this.oracle.enter(by);
        this.here.add(by);
        await this.run((_, node) => [entered(node, by)]);
        return;
      case 'leave':
        this.oracle.leave(by);
        this.here.delete(by);
        await this.run((_, node) => [{ type: 'EntityLeft', node, payload: { entity: by } }]);
        return;
      case 'fact': {
        const learned = this.#secret();
        this.otherwise.set(learned, [MIRA, person]);
        await this.run((_, node) => [set(node, { learned: [learned] })], person);
        return;
      }
      case 'set':
        await this.run((_, node) => [set(node, { trust: pick })], person);
        return;
      case 'scene':
        return this.#scene();
    }
  }

  #secret(): string {
    const secret = `canary${this.secrets.length}q`;
    this.secrets.push(secret);
    return secret;
  }

  async #say(by: string, secrets: string[], to: string | null): Promise<void> {
    this.oracle.say(by, secrets, to);
    this.here.add(by);
    const text = secrets.join(' ');
    const segments = [{ kind: 'dialogue' as const, text }];
    const said = { by, to, message: `1000000000000${10_000 + this.#count}`, text, segments };
    await this.run((_, node) => [
      { type: 'UserSpoke', node, payload: { ...said, quote: null, attachments: [] } },
    ]);
  }

  async #reply(by: string, whisperedTo: string | null): Promise<void> {
    if (!PLACES.some((place) => this.oracle.at(place).includes(by))) return;
    const to = whisperedTo === by ? null : whisperedTo;
    const secret = this.#secret();
    this.oracle.say(by, [secret], to);
    const node = await this.run((_, node) => [
      { type: 'ReplyStarted', node, payload: { by, to, answers: [], note: null } },
      {
        type: 'ReplyCompleted',
        node,
        payload: { by, text: secret, finish: 'stop', truncated: false, model: null, usage: null },
      },
    ]);
    await this.#digest(node);
  }

  async #digest(node: string): Promise<void> {
    await this.run((chat) => {
      const reads = covered(chat, node);
      const read = new Map<string, string>();
      const answers = groupsOf(reads).map((group, index) => {
        const { handles } = askDigest(storyFor(chat, node), group, index === 0);
        const all = group.reads.map(({ text }) => text).join(' ');
        const id = (entity: string) => `e${handles.people.indexOf(entity) + 1}`;
        const from = group.members.filter((each) => each.startsWith('character:'));
        for (const owner of from) read.set(owner, all);
        const relationships = from.flatMap((owner) =>
          CAST.filter((each) => each !== owner).map((to) => ({
            ...{ from: id(owner), to: id(to) },
            ...{ affinity: (all.length % 9) - 4, trust: 2, facts: [`fact ${all}`] },
          })),
        );
        const memories = from.map((owner) => ({
          ...{
            owner: id(owner),
            text: 'Something that happened.',
            kind: 'fact' as const,
            confidence: 1,
          },
          ...{ toldBy: null, significance: all.length % 4 },
          turns: group.reads.map((_, at) => `t${at + 1}`),
        }));
        return { group, handles, answer: { ...NOTHING, relationships, memories } };
      });
      // What repeats its turns is no memory: here it does all the same.
      return digestOutcome(chat, { node, reads }, answers, 50).map((event) =>
        event.type === 'MemoryWritten'
          ? {
              ...event,
              payload: { ...event.payload, text: `memory ${read.get(event.payload.owner)}` },
            }
          : event,
      );
    });
  }

  async #scene(): Promise<void> {
    const close = await this.run((_, node) => [
      { type: 'SceneClosed', node, payload: { significance: 1 } },
    ]);
    await this.#digest(close);
    const played = scenePlayed(this.chats.read('c'), close);
    for (const owner of played === null ? [] : witnessesOf(played)) {
      await this.run((chat) => {
        const again = scenePlayed(chat, close);
        if (again === null) return [];
        const question = askSummary(chat, close, again, owner);
        const all = question.material
          .filter(({ name }) => name !== 'people' && name !== 'place')
          .map(({ text }) => text);
        const relationships = question.handles.people.map((_, at) => ({
          to: `e${at + 1}`,
          summary: all.join(' '),
        }));
        const answer = { summary: `sum ${all.join(' ')}`, significance: 1, relationships };
        return summaryOutcome(chat, close, again, question, answer);
      });
    }
    const opening = this.#secret();
    const participants = this.oracle.at('inn');
    this.otherwise.set(opening, participants);
    await this.run((_, node) => [opened(node, opening, participants)]);
  }

  async #change(entity: string, changes: { place: string } | { status: 'asleep' | 'awake' }) {
    await this.run((_, node) => [
      { type: 'ActivityChanged', node, payload: { entity, changes, before: null } },
    ]);
  }
}

const NOTHING = {
  activities: [],
  scene: { ends: null, significance: 0, place: null, with: [], time: null, opening: null },
  minutes: 3,
  weather: null,
  actions: [],
};

const entered = (node: string, entity: string): NewEvent => {
  const name = entity.replace(/.*:/, '');
  const sheet = entity.startsWith('character:') ? { ...exampleSheet, name } : null;
  const payload = { entity, name, sheet, revision: sheet === null ? null : 1 };
  return { type: 'EntityEntered', node, payload };
};

const opened = (node: string, opening: string, participants: string[]): NewEvent => ({
  type: 'SceneOpened',
  node,
  payload: { place: 'place:inn', time: 'Late', opening, participants },
});

const set = (node: string, changes: { learned?: string[]; trust?: number }): NewEvent => ({
  type: 'RelationshipSet',
  node,
  payload: { from: MIRA, to: ANN, changes, before: null },
});

/** Everything that the drawer would show through some eyes, as data and as it is drawn. */
function seenBy({ drawer }: Played, view: Viewpoint) {
  const about = { story: 'x', view: view.kind, at: 1 };
  const scene = drawer.scene('c', view);
  const cast = drawer.cast('c', view);
  const relationships = drawer.relationships('c', view);
  const reasons = CHARACTERS.flatMap((from) =>
    CAST.filter((to) => to !== from).map((to) => drawer.reasons('c', { from, to }, view)),
  );
  const memories = CHARACTERS.map((owner) =>
    pages((page) => drawer.memories('c', { owner, words: null, page }, view)),
  );
  const found = CHARACTERS.map((owner) =>
    drawer.memories('c', { owner, words: 'memory', page: 0 }, view),
  );
  const soFar = pages((page) => drawer.soFar('c', { of: null, at: null, page }, view));
  const history = drawer.history('c', view, 0);
  const drawn = [
    sceneTab(scene, about, texts),
    castTab(cast, about, texts),
    relationshipsTab(pageOf(relationships, 0), about, texts),
    ...relationships.map((each, at) =>
      relationshipCard(each, reasons[at] ?? { items: [], older: null }, about, texts),
    ),
    ...memories.flat().map((tab) => memoriesTab(tab, about, texts)),
    ...soFar.map((tab) => soFarTab(tab, about, texts)),
    historyTab(history, about, texts),
  ];
  const settings = drawer.settings('c', view);
  const lore = drawer.lore('c', view);
  return { scene, relationships, reasons, memories, found, soFar, history, settings, lore, drawn };
}

function pages<T extends { readonly hasMore: boolean }>(read: (page: number) => T): T[] {
  const all = [read(0)];
  while (all.at(-1)?.hasMore) all.push(read(all.length));
  return all;
}

test('the drawer shows nobody what they did not witness, and all of it in the full view', async () => {
  const shown = { facts: 0, memories: 0, summaries: 0, hidden: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const played = new Played();
      await played.begin();
      for (const each of steps) await played.do(each);
      const { story } = played.chats.read('c');
      const present = PEOPLE.filter((person) => played.here.has(person));
      const views: [Viewpoint, readonly string[]][] = [
        ...PEOPLE.map((person): [Viewpoint, string[]] => [{ kind: 'person', person }, [person]]),
        [{ kind: 'everyone' }, present],
        [{ kind: 'person', person: 'user:100000000000000077' }, ['nobody']],
      ];
      const full = seenBy(played, { kind: 'full' });
      for (const [view, viewers] of views) {
        const seen = seenBy(played, view);
        const held = JSON.stringify(seen);
        for (const secret of played.secrets) {
          const known = viewers.every((each) => each !== 'nobody' && played.knows(each, secret));
          if (viewers.length > 0 && known) continue;
          shown.hidden += 1;
          expect(held, `${viewers}: ${secret}`).not.toMatch(new RegExp(`${secret}\\b`));
        }
        shown.facts += seen.relationships.flatMap(({ facts }) => facts).length;
        shown.memories += seen.memories.flat().flatMap(({ items }) => items).length;
        shown.summaries += seen.soFar.flatMap(({ items }) => items).length;
        // What is shown is a part of what there is.
        for (const each of seen.relationships) {
          const whole = full.relationships.find((r) => r.from === each.from && r.to === each.to);
          for (const { text } of each.facts)
            expect(whole?.facts.map((f) => f.text)).toContain(text);
        }
      }
      // Who is awake beside someone is seen by them.
      for (const person of PEOPLE) {
        const at = PLACES.find((place) => played.oracle.at(place).includes(person));
        if (at === undefined) continue;
        const { here, place } = played.drawer.scene('c', { kind: 'person', person });
        expect(place?.name).toBe(at);
        const awake = here.filter(({ activity }) => activity?.status !== 'asleep');
        expect(awake.map(({ entity }) => entity).sort()).toEqual(played.oracle.at(at).sort());
      }
      // The full view is the state.
      expect(
        full.relationships.map(({ from, to, scores, summary, facts }) => [
          ...[from, to, scores?.affinity, scores?.trust, summary],
          facts.map(({ text }) => text),
        ]),
      ).toEqual(
        Object.values(story.relationships).map(({ from, to, affinity, trust, summary, facts }) => [
          ...[from, to, affinity, trust, summary],
          facts.map(({ text }) => text),
        ]),
      );
      for (const [at, owner] of CHARACTERS.entries()) {
        const all = { words: null, after: -1, limit: 1_000 };
        const listed = full.memories[at]?.flatMap(({ items }) => items).map(({ text }) => text);
        expect(listed?.sort()).toEqual(
          played.store
            .memories('c', owner, all)
            .map(({ text }) => text)
            .sort(),
        );
        expect(full.memories[at]?.[0]?.pins.pins).toEqual(story.pins[owner] ?? []);
      }
      expect(full.soFar.flatMap(({ items }) => items)).toHaveLength(
        Object.values(story.summaries).flat().length,
      );
      played.store.close();
    }),
    { numRuns: 60 },
  );
  // It was about something.
  for (const count of Object.values(shown)) expect(count).toBeGreaterThan(25);
}, 60_000);
