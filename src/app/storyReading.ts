import type { Chat } from '../engine/chat.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import type { KickoffCard } from '../engine/kickoff/kickoffCard.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { ExportWords } from '../engine/transcriptExport.ts';
import type { Settings } from '../engine/world.ts';
import type { Chats } from './chats.ts';
import { type ExportForm, exportFiles, storyTurns } from './exportStory.ts';
import { lastLines, placeOfMessage, wordsOf } from './lastLines.ts';
import { pointAfter } from './messagePoint.ts';
import type { Welcome } from './ports/rooms.ts';
import type { Store } from './ports/store.ts';
import type { Rights } from './rights.ts';

interface Needs {
  readonly store: Store;
  readonly chats: Chats;
  readonly rights: Rights;
}

/** A point of a story by the name that it was saved under, or by what was said there. */
export interface Point {
  readonly node: NodeId;
  readonly name: string;
  /** Null for a save. */
  readonly text: string | null;
}

/** What is to be read of one story: its settings, its points, its last words, all of it as a file. */
export class StoryReading {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** @throws {Refusal} `not-allowed`. */
  settingsOf(chat: ChatId, by: Standing): Settings {
    this.#needs.rights.demand('edit-state', by, chat);
    return this.#needs.chats.read(chat).frame.settings;
  }

  /**
   * The files of an export, as far as whoever asks witnessed the story; its owner, and whoever moderates,
   * may read everything.
   * @param limit bytes of a file.
   * @throws {Refusal} `nothing-to-export`.
   */
  async export(
    chat: ChatId,
    { form, limit, words }: { form: ExportForm; limit: number; words: ExportWords },
    by: Standing,
  ) {
    const { chats, store, rights } = this.#needs;
    const known = chats.read(chat);
    const viewer = rights.may('edit-state', by, chat) ? null : by.person;
    const turns = await storyTurns(known, store.archive, viewer);
    const cast = Object.values(known.story.cast).filter(({ sheet }) => sheet !== null);
    const story = { name: known.frame.name, characters: cast.map(({ name }) => name) };
    const files = exportFiles(story, turns, form, limit, words);
    return { name: story.name, turns: turns.length, files };
  }

  /**
   * The point after a message of any age, where its words left the line included.
   * @throws {Refusal} `not-a-turn` for a message that is not of this story.
   */
  pointAfter(chat: ChatId, message: string): NodeId {
    return pointAfter(this.#needs.store, this.#needs.chats.read(chat), message);
  }

  /** Points of a story that someone can name, the newest first: its saves, then what was said last. */
  points(chat: ChatId, viewer: EntityId): Point[] {
    const { frame, story } = this.#needs.chats.read(chat);
    const saves = Object.entries(frame.saves).map(([name, node]) => ({ node, name, text: null }));
    const said = story.turns
      .filter((turn) => turn.to === null || turn.by === viewer || turn.to === viewer)
      .map((turn) => {
        const name = story.cast[turn.by]?.name ?? '';
        return { node: turn.node, name, text: wordsOf(turn) };
      });
    return [...saves, ...said].reverse();
  }

  /** The last words of a story, for a channel that takes it up. */
  standOf(chat: ChatId): Extract<Welcome, { kind: 'branch' }> {
    const { story } = this.#needs.chats.read(chat);
    return { kind: 'branch', of: null, at: null, lines: lastLines(story) };
  }

  /** What a channel is to show of a story that comes into it. */
  welcomeTo(chat: ChatId): Welcome {
    const known = this.#needs.chats.read(chat);
    const { parent, begunAfter, card } = known.frame;
    if (parent === null && card !== null && isOpening(known)) return openingOf(known, card);
    const of = this.#needs.chats.read(parent ?? chat).frame.name;
    const at = begunAfter === null ? null : placeOfMessage(this.#needs, known, begunAfter);
    return { kind: 'branch', of, at, lines: lastLines(known.story) };
  }
}

/** Whether nothing has been said in a story but its greeting. */
const isOpening = ({ story }: Chat): boolean =>
  story.turns.every((turn) => turn.kind === 'reply' && turn.answers.length === 0) &&
  story.turns.length < 2;

function openingOf({ story }: Chat, card: KickoffCard): Extract<Welcome, { kind: 'opening' }> {
  const sheet = story.cast[card.character]?.sheet;
  if (!sheet) throw new Refusal('unknown-character');
  const names = Object.values(story.cast).map(({ entity, name }) => [entity, name]);
  const kickoff = story.scene?.opening ?? card.kickoff;
  return { kind: 'opening', card: { ...card, kickoff }, sheet, names: Object.fromEntries(names) };
}
