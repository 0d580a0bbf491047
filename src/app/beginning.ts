import { archiveChat } from '../engine/deciders/archiveChat.ts';
import { beginChat } from '../engine/deciders/beginChat.ts';
import type { ChatId, EntityId } from '../engine/ids.ts';
import type { KickoffCard } from '../engine/kickoff/kickoffCard.ts';
import { beginningWith, firstWordsOf } from '../engine/kickoff/kickoffForm.ts';
import type { Casting } from '../engine/kickoff/proposal.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { Chats } from './chats.ts';
import { charactersOf, type OpeningDraft, type Openings } from './openings.ts';
import type { JobChange } from './ports/jobs.ts';
import type { NewId } from './ports/newId.ts';
import type { Welcome } from './ports/rooms.ts';
import type { Store } from './ports/store.ts';
import type { Replies } from './replies.ts';
import { type Opened, roomJob, type Storylines } from './storylines.ts';
import type { StoryReading } from './storyReading.ts';

export interface BeginningNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly openings: Openings;
  readonly replies: Replies;
  readonly storylines: Storylines;
  readonly reading: StoryReading;
  readonly newId: NewId;
}

export interface Begun {
  readonly chat: ChatId;
  /** Null when the same was asked before: all of it has been shown. */
  readonly opening: Extract<Welcome, { kind: 'opening' }> | null;
  /** The room that was opened for it; null where it is played in the channel itself. */
  readonly room: Opened | null;
}

/** How stories begin: only what somebody confirmed is played. */
export class Beginning {
  readonly #needs: BeginningNeeds;

  constructor(needs: BeginningNeeds) {
    this.#needs = needs;
  }

  /**
   * Begins the story of an opening; its first words are owed from then on, see {@link speakFirst}.
   * @throws {Refusal} `draft-gone`, `not-yours`, `not-allowed`, `story-already-here`, `limit-reached`,
   *   `only-age-restricted`, `no-adults`, `may-not-open`, `nowhere-to-open`; `out-of-date` when another
   *   story than the one to be put away is there by now.
   */
  async begin(id: ChatId, by: Standing): Promise<Begun> {
    const { store, openings, storylines, reading } = this.#needs;
    if (store.chat(id) !== null) return { chat: id, opening: null, room: null };
    const content = openings.own(id, by);
    const { channel, replaces } = content;
    const cast = await openings.admit(content, charactersOf(content.card), by);
    if (content.room !== null) {
      const from = { kind: content.room, from: channel };
      const room = await storylines.beginIn(id, from, (owed) =>
        this.#write(id, content, cast, owed),
      );
      openings.remove(id);
      return { chat: id, opening: null, room };
    }
    const here = store.chatIn(channel);
    if (replaces !== null && here === replaces) {
      await putAway(this.#needs, replaces, `${id}:archive`, by.person);
    } else if (here !== null) {
      throw new Refusal(replaces === null ? 'story-already-here' : 'out-of-date');
    }
    const repeated = await this.#write(id, content, cast, [{ add: roomJob(id) }]);
    openings.remove(id);
    const welcome = reading.welcomeTo(id);
    const opening = repeated || welcome.kind !== 'opening' ? null : welcome;
    return { chat: id, opening, room: null };
  }

  /** Shows the first words of a story whose opening is shown, or has its character find them. */
  async speakFirst(chat: ChatId): Promise<void> {
    const { chats, replies, store } = this.#needs;
    store.finish(roomJob(chat));
    const first = chats.read(chat).story.turns[0];
    if (first === undefined) replies.answer(chat);
    else if (first.kind === 'reply') await replies.deliver(chat, first.node);
  }

  /** True when it was written before. */
  async #write(
    id: ChatId,
    content: OpeningDraft,
    cast: readonly [Casting, ...Casting[]],
    owed: readonly JobChange[],
  ): Promise<boolean> {
    const { chats, store, openings, newId } = this.#needs;
    const { home, guild, channel, room, person: owner } = content;
    const here = room === null ? channel : null;
    const card = withRevisions(beginningWith(content.card, content.at), cast);
    const nodes = { kickoff: newId(), greetings: firstWordsOf(card).map(() => newId()) };
    const sheets = Object.fromEntries(cast.map(({ entity, authored }) => [entity, authored.sheet]));
    const guest = openings.guestOf(id, content);
    const [first] = nodes.greetings;
    const speaks: JobChange =
      first === undefined
        ? { add: { kind: 'answer', chat: id, node: null } }
        : { add: { kind: 'deliver', chat: id, node: first } };
    const { repeated } = await chats.execute({
      chat: id,
      id,
      actor: owner,
      decide: () => {
        // Asked in the step that writes: two people may begin in the same moment.
        if (here !== null && store.chatIn(here) !== null) throw new Refusal('story-already-here');
        const place = `place:${newId()}`;
        return beginChat({ home, guild, channel: here, owner, card, sheets, guest, nodes, place });
      },
      also: () => ({ jobs: here === null ? owed : [...owed, speaks] }),
    });
    return repeated;
  }
}

/** Puts a story away; its channel is free for another. */
export async function putAway(
  { chats, replies }: Pick<BeginningNeeds, 'chats' | 'replies'>,
  chat: ChatId,
  id: string,
  actor: EntityId | 'troupe',
  why: 'archived' | 'channel-gone' = 'archived',
): Promise<void> {
  replies.stop(chat);
  await replies.settled(chat);
  await chats.execute({
    chat,
    id,
    actor,
    decide: (known) => archiveChat(why, known),
    also: () => ({ jobs: [{ done: { kind: 'answer', chat, node: null } }] }),
  });
  // Without a channel, nothing is owed to it.
  replies.moved(chat);
}

/** A character that was written anew since plays as it is now. */
function withRevisions(card: KickoffCard, [first, ...others]: readonly [Casting, ...Casting[]]) {
  return {
    ...card,
    revision: first.authored.revision,
    others: others.map(({ entity, authored }) => {
      return { character: entity, revision: authored.revision };
    }),
  };
}
