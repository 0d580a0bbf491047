import { relationshipsView } from '../engine/drawer/relationshipsView.ts';
import { eyesOf } from '../engine/drawer/viewpoint.ts';
import type { DomainEvent } from '../engine/event.ts';
import {
  type ChatId,
  chatStream,
  type EntityId,
  type HomeId,
  homeStream,
  isCharacter,
  type Stream,
} from '../engine/ids.ts';
import { inParts } from '../engine/transcriptExport.ts';
import type { Chats } from './chats.ts';
import type { Store } from './ports/store.ts';
import { resetPosition } from './recall.ts';

interface Needs {
  readonly store: Store;
  readonly chats: Chats;
}

/** Events that are read in one step, and memories. */
const STEP = 200;
const pause = () => new Promise((resolve) => setImmediate(resolve));
const encoder = new TextEncoder();

/**
 * All that is stored about a person, as files of JSON of at most `limit` bytes each, one record to a line:
 * what they said, wrote and set; how they are counted; what they began to fill in; and of what characters
 * remember, and of how they stand to others, what the person could know themselves.
 * @param home null for every home.
 */
export async function personalExport(
  person: EntityId,
  home: HomeId | null,
  limit: number,
  needs: Needs,
): Promise<string[]> {
  const { erasures } = needs.store;
  const records: object[] = [{ record: 'person', person, home: home ?? 'all' }];
  for (const each of erasures.homes(home)) {
    for await (const did of done(homeStream(each), person, needs.store)) {
      records.push({ ...did, home: each });
    }
  }
  for (const chat of erasures.stories(home).flat()) {
    records.push(...(await ofStory(chat, person, needs)));
  }
  for (const day of erasures.usageOf(person, home)) records.push({ record: 'counted', ...day });
  for (const draft of erasures.draftsOf(person)) records.push({ record: 'begun', draft });
  const frame = { head: '[\n', between: ',\n', tail: '\n]\n' };
  const lines = records.map((record) => JSON.stringify(record));
  return inParts(lines, frame, limit, (text) => encoder.encode(text).length);
}

/** What a person did in one story, and what they could know of what came of it. */
async function ofStory(chat: ChatId, person: EntityId, { store, chats }: Needs): Promise<object[]> {
  const own: object[] = [];
  for await (const did of done(chatStream(chat), person, store)) own.push({ ...did, story: chat });
  const known = chats.read(chat);
  const { story, frame } = known;
  const member = story.cast[person];
  if (own.length === 0 && member === undefined) return [];
  const { name, home, owner } = frame;
  const records: object[] = [
    {
      record: 'story',
      story: chat,
      name,
      home,
      isOwner: owner === person,
      calledThere: member?.name ?? null,
      saysOfThemselves: member?.persona ?? null,
      isDoing: story.activities[person] ?? null,
    },
    ...own,
  ];
  const eyes = eyesOf(story, { kind: 'person', person });
  for (const { from, to, scores, summary, facts } of relationshipsView(story, eyes)) {
    if (from !== person && to !== person) continue;
    const texts = facts.map(({ text }) => text);
    records.push({ record: 'relationship', story: chat, from, to, scores, summary, facts: texts });
  }
  for (const character of Object.keys(story.cast).filter(isCharacter)) {
    const after = resetPosition(known, character);
    for (let offset = 0; ; offset += STEP) {
      const asked = { words: null, after, viewers: [person], offset, limit: STEP };
      const found = store.memoryPage(chat, character, asked);
      for (const { text } of found) {
        records.push({ record: 'remembered', story: chat, by: character, text });
      }
      if (found.length < STEP) break;
      await pause();
    }
  }
  return records;
}

/** What a person did, as the log of a chat or home has it. */
async function* done(stream: Stream, person: EntityId, { erasures }: Store) {
  for (let version = 0; ; ) {
    const events = erasures.after(stream, version, STEP);
    for (const event of events) {
      if (event.run !== null || !isBy(event, person)) continue;
      yield { record: 'did', what: event.type, at: event.at, ...withoutSheets(event, stream) };
    }
    if (events.length < STEP) return;
    version = events.at(-1)?.version ?? 0;
    await pause();
  }
}

const isBy = ({ type, actor, payload }: DomainEvent, person: EntityId): boolean =>
  type === 'UserSpoke' ? payload.by === person : actor === person;

/** In a story a character's sheet is its author's, whoever brought it in; it is in the author's home. */
function withoutSheets({ payload }: DomainEvent, stream: Stream): { readonly data: object } {
  if (stream.startsWith('home:') || !('sheet' in payload)) return { data: payload };
  const { sheet: _, ...rest } = payload;
  return { data: rest };
}
