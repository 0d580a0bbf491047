import type { Chat } from '../engine/chat.ts';
import type { ChatId, NodeId } from '../engine/ids.ts';
import { type StoryNode, type Stretch, turnOf } from '../engine/node.ts';
import type { Chats } from './chats.ts';
import type { Log } from './ports/log.ts';
import type { ShownTurn } from './ports/shownLine.ts';
import type { Stage } from './ports/stage.ts';
import type { Store } from './ports/store.ts';
import { quotationOf, replyAt } from './replyAddress.ts';

/** Of what comes back and is no longer in the channel, so many of the newest turns are said again. */
const MOST_AGAIN = 20;
/** Nodes without words, edits of the story, that may stand before a line's first turn. */
const MOST_EDITS = 100;

interface Needs {
  readonly chats: Chats;
  readonly store: Store;
  readonly stage: Stage;
  readonly log: Log;
  /** Makes the channel show a reply as the log has it, whoever said what there before. */
  readonly settle: (chat: ChatId, reply: NodeId) => Promise<void>;
}

/** What a move of the head makes of the channel, decided from the log and the messages alone. */
interface Change {
  /** Replies that are to be shown as they are now. */
  readonly settle: Set<NodeId>;
  /** Turns that no message shows any more. */
  readonly again: Set<NodeId>;
}

/**
 * Makes a chat's channel follow its head. A variant takes the messages of the one it stands for. What has
 * left the story stands below a divider until the story moves on, and can come back; then it is taken
 * away: the character's messages by whoever wrote them, people's own where the bot may manage messages.
 * Every step can be done again: what a process that dies leaves undone is done by the next.
 */
export class ShowLine {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** @throws {OutOfReach} and stays owed. */
  async show(chat: ChatId): Promise<void> {
    const { chats, store } = this.#needs;
    const jobs = store.jobs().filter((job) => job.kind === 'show' && job.chat === chat);
    if (jobs.length === 0) return;
    const known = chats.read(chat);
    if (known.frame.binding !== null) {
      const change: Change = { settle: new Set(), again: new Set() };
      for (const job of jobs) this.#follow(known, job.node, change);
      const newest = known.story.turns.at(-1);
      if (newest?.kind === 'reply') change.settle.add(newest.node);
      await this.#divide(known);
      for (const node of change.again) {
        await this.#sayAgain(known, node);
        change.settle.delete(node);
      }
      for (const node of change.settle) await this.#settle(known, node);
      if (!isOpen(known)) await this.#takeAway(known);
    }
    for (const job of jobs) store.finish(job);
  }

  /** Notes what leaves and what comes back between where the channel stood and where the head stands. */
  #follow(known: Chat, from: NodeId | null, change: Change): void {
    const { store } = this.#needs;
    const [before, after] = [known.tree.lineOf(from), known.tree.lineOf(known.head)];
    const [left, come] = [minus(before, after), minus(after, before)];
    const [old, current] = [this.#firstTurn(known, left), this.#firstTurn(known, come)];
    const isGone = (node: NodeId) => known.tree.wordsOf(node)?.text === null;
    if (old !== null && current !== null && standsFor(current, old) && !isGone(current.id)) {
      store.deliveries.pass(old.id, current.id);
    }
    for (const first of [old, current]) {
      const continued = first === null ? null : continuedBy(first);
      if (continued !== null && known.isOnLine(continued))
        change.settle.add(lastPart(known, continued));
    }
    const leaving = this.#turns(known, left).flatMap(({ messages }) => messages);
    store.shown.leave(known.id, leaving);
    const coming = this.#turns(known, come);
    store.shown.stay(
      known.id,
      coming.map(({ node }) => node),
    );
    if (current !== null && replyAt(known, current.id)?.status === 'complete') {
      change.settle.add(lastPart(known, current.id));
    }
    const owed = new Set(store.jobs().map((job) => job.kind === 'deliver' && job.node));
    const silent = coming.filter(({ node, messages }) => messages.length === 0 && !owed.has(node));
    for (const { node } of silent.slice(-MOST_AGAIN)) change.again.add(node);
  }

  /** The turns of this chat's own in parts of a line: what it inherited is shown elsewhere. */
  #turns(known: Chat, parts: readonly Stretch[]): ShownTurn[] {
    return parts
      .filter(({ id }) => known.tree.node(id).chat === known.id)
      .flatMap((part) => this.#needs.store.shown.turns(part));
  }

  #firstTurn(known: Chat, parts: readonly Stretch[]): StoryNode | null {
    let looked = 0;
    for (const { id, first, last } of parts) {
      for (let at = first; at <= last && looked < MOST_EDITS; at += 1, looked += 1) {
        const name = this.#needs.store.nodeAt(id, at);
        const node = name === null ? null : known.tree.find(name);
        if (node !== null && turnOf(node) !== null) return node.chat === known.id ? node : null;
      }
    }
    return null;
  }

  /** A person's words by the bot, in quotation; a character's in its own voice. */
  async #sayAgain(known: Chat, node: NodeId): Promise<void> {
    if (continuedBy(known.tree.node(node)) !== null) return;
    if (replyAt(known, node) !== null) return await this.#settle(known, lastPart(known, node));
    const said = quotationOf(known, node);
    if (said === null) return;
    await this.#needs.stage.open(said.address).finish(said.text, { kind: 'whole' }, null);
  }

  async #settle(known: Chat, node: NodeId): Promise<void> {
    const reply = replyAt(known, node);
    // A whisper is shown to one person alone, and nowhere else.
    if (reply?.status !== 'complete' || reply.to !== null) return;
    await this.#needs.settle(known.id, node);
  }

  /** The line that says what is out of the story: while it can come back, and where some of it stays. */
  async #divide(known: Chat): Promise<void> {
    const { store, stage } = this.#needs;
    const { binding } = known.frame;
    if (binding === null) return;
    const leaving = store.shown.leaving(known.id);
    const standing = store.shown.divider(known.id);
    const stays = leaving.find(({ by }) => by === 'user' && !stage.mayRemove(binding));
    const first = isOpen(known) ? leaving[0] : stays;
    if ((first === undefined) === (standing === null)) return;
    if (standing !== null) {
      await stage.remove(binding, known.id, [{ message: standing, node: '', by: 'bot' }]);
      store.shown.putDivider(known.id, null);
    } else if (first !== undefined) {
      const message = await stage.divide(binding, known.id, first.message);
      store.shown.putDivider(known.id, message);
    }
  }

  async #takeAway(known: Chat): Promise<void> {
    const { store, stage, log } = this.#needs;
    const { binding } = known.frame;
    if (binding === null) return;
    const all = store.shown.leaving(known.id);
    if (all.length === 0) return;
    const may = stage.mayRemove(binding);
    const stays = all.filter(({ by }) => by === 'user' && !may);
    // Forgotten first: so their deletion is no one's wish, should this process not live to see it.
    const goes = all.filter((message) => !stays.includes(message));
    store.shown.forget(goes);
    await stage.remove(binding, known.id, goes, (gone) => store.shown.gone(gone));
    store.shown.remain(stays);
    const divider = store.shown.divider(known.id);
    if (divider !== null && stays.length === 0) {
      await stage.remove(binding, known.id, [{ message: divider, node: '', by: 'bot' }]);
    }
    store.shown.putDivider(known.id, null);
    log.info(
      { chat: known.id, gone: goes.length, stay: stays.length },
      'what left a story is gone',
    );
  }
}

/** Whether what left can come back by undo. */
function isOpen({ head, frame: { lastMove } }: Chat): boolean {
  return lastMove !== null && lastMove.to === head && lastMove.why !== 'reply-failed';
}

/** The parts of a line that are not on another. */
function minus(line: readonly Stretch[], other: readonly Stretch[]): Stretch[] {
  return line.flatMap((part) => {
    const same = other.find(({ id }) => id === part.id);
    if (same === undefined) return [part];
    return part.last > same.last ? [{ ...part, first: same.last + 1 }] : [];
  });
}

/** Whether a reply takes the messages of another: each is of its own, and they are variants. */
function standsFor(reply: StoryNode, other: StoryNode): boolean {
  const [a, b] = [turnOf(reply), turnOf(other)];
  const alike = a?.kind === 'reply' && b?.kind === 'reply' && a.by === b.by;
  const own = continuedBy(reply) === null && continuedBy(other) === null;
  return alike && own && reply.parent === other.parent;
}

function continuedBy(node: StoryNode): NodeId | null {
  for (const event of node.own) {
    if (event.type === 'ReplyContinued') return event.payload.continues;
  }
  return null;
}

/** The newest reply on the line that is shown in the messages of this one. */
function lastPart(known: Chat, reply: NodeId): NodeId {
  let last = reply;
  for (const turn of known.story.turns) {
    if (turn.kind === 'reply' && turn.continues === last && turn.status === 'complete') {
      last = turn.node;
    }
  }
  return last;
}
