import { Chats } from '../../src/app/chats.ts';
import type { Store } from '../../src/app/ports/store.ts';
import type { Chat } from '../../src/engine/chat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { eraseTurns, removeTurn, reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { continueReply } from '../../src/engine/deciders/continueReply.ts';
import { type Edit, editStory } from '../../src/engine/deciders/editStory.ts';
import {
  chooseVariant,
  load,
  reset,
  rewind,
  save,
  undo,
} from '../../src/engine/deciders/moveHead.ts';
import { regenerate } from '../../src/engine/deciders/regenerate.ts';
import { failReply } from '../../src/engine/deciders/settleReply.ts';
import { speak } from '../../src/engine/deciders/speak.ts';
import { startReply } from '../../src/engine/deciders/startReply.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../../src/engine/ids.ts';
import { turnOf } from '../../src/engine/node.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { ANN, MIRA } from '../support/story.ts';
import { begin, isDigested, type Job, outcome } from './digests.ts';
import { completed, type Draw, EVERYTHING, edits, kickoff, speech } from './material.ts';

type Decide = (chat: Chat) => readonly NewEvent[];

let clock = Date.UTC(2026, 10, 21);
const clockOf = { now: () => (clock += 1_000), sleep: () => Promise.resolve() };

/** Plays one random story, with its branches, through the real store. */
export class Play {
  readonly store: Store;
  readonly draw: Draw;
  readonly prefix: string;
  chats: Chats;
  readonly ids: ChatId[] = [];
  /** Every word that was ever said, by the turn it was said in. */
  readonly said = new Map<NodeId, Set<string>>();
  /** The clock's move of the first run of a node, which stands, whichever run ended first. */
  readonly firstMoves = new Map<NodeId, { readonly number: number; readonly moves: number }>();
  readonly nodes: NodeId[] = [];
  /** Who does things, and what they wrote by hand. */
  by: EntityId = ANN;
  readonly wrote = new Map<EntityId, string[]>();
  readonly #jobs: Job[] = [];
  readonly #runs = new Map<string, number>();
  #count = 0;

  constructor(store: Store, prefix: string, draw: Draw) {
    this.store = store;
    this.prefix = prefix;
    this.draw = draw;
    this.chats = new Chats(store, clockOf);
  }

  fresh(): NodeId {
    const id = `${this.prefix}x${this.#count++}`;
    this.nodes.push(id);
    return id;
  }

  async run(chat: ChatId, decide: Decide, branchOf?: ChatId): Promise<boolean> {
    try {
      const command = { chat, id: `c${this.#count++}`, actor: this.by, decide };
      const { events } = await this.chats.execute(branchOf ? { ...command, branchOf } : command);
      return events.length > 0;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  async begin(): Promise<void> {
    const id = `${this.prefix}-chat`;
    this.ids.push(id);
    const nodes = { kickoff: this.fresh(), greeting: this.fresh() };
    await this.run(id, () => kickoff(nodes));
  }

  /** Does one thing, whatever it is. */
  async step(): Promise<void> {
    const id = this.#pick(this.ids);
    const chat = this.chats.read(id);
    const line = chat.line();
    const node = () => this.#pick(line.length > 0 ? line : this.nodes);
    const choice = this.draw(40);
    if (choice < 9) await this.say(id);
    else if (choice < 15) await this.reply(id);
    else if (choice < 18) await this.#complete(id);
    else if (choice < 19)
      await this.run(id, (known) => failReply({ node: node(), failure: 'x' }, known));
    else if (choice < 21) await this.#regenerate(id, node());
    else if (choice < 22) await this.run(id, (known) => rewind({ to: node() }, known));
    else if (choice < 24) await this.run(id, (known) => undo({ move: null }, known));
    else if (choice < 25) await this.#choose(id);
    else if (choice < 26) await this.#save(id, node());
    else if (choice < 27) await this.#load(id);
    else if (choice < 28) await this.#branch(id);
    else if (choice < 33) await this.#edit(id);
    else if (choice < 35) await this.#changeWords();
    else if (choice < 36)
      await this.run(id, (known) => reset({ character: MIRA, node: this.fresh() }, known));
    else if (choice < 37) await this.#continue(id);
    else if (choice < 38) this.#keepAndRestart(chat);
    else await this.#finishJob(this.draw(Math.max(1, this.#jobs.length)));
    if (this.draw(3) === 0) await this.#finishJob(this.draw(Math.max(1, this.#jobs.length)));
  }

  /** Another process takes over: nothing is in memory any more. */
  restart(): void {
    this.chats = new Chats(this.store, clockOf);
  }

  /** What was being derived comes to nothing. */
  breakOff(): void {
    this.#jobs.length = 0;
  }

  /** Keeps a state first, which everything after it may turn out to outdate. */
  #keepAndRestart(chat: Chat): void {
    if (chat.head !== null) this.store.keep(chat, chat.head);
    if (this.draw(2) === 0) this.restart();
  }

  async say(id: ChatId): Promise<void> {
    const node = this.fresh();
    const text = this.#canary(node);
    await this.run(id, (chat) => speak({ ...speech(node, text), ...this.#speaker() }, chat));
  }

  async reply(id: ChatId): Promise<void> {
    const node = this.fresh();
    const started = await this.run(id, (chat) => startReply({ node }, chat));
    if (started && this.draw(2) === 0) await this.#words(id, node);
  }

  /** Every derivation of a line is done, and current. */
  async settle(id: ChatId): Promise<void> {
    for (const node of this.chats.read(id).line()) {
      const chat = this.chats.read(id);
      if (!isDigested(chat, node)) continue;
      for (const kind of ['digest', 'summary'] as const) {
        if (kind === 'summary' && turnOf(chat.tree.node(node)) !== null) continue;
        await this.#end(this.#start(chat, node, kind));
      }
    }
  }

  #speaker() {
    const message = String(10n ** 17n + BigInt(this.#count));
    return { by: this.by, name: this.by === ANN ? 'Ann' : 'Bob', message };
  }

  #canary(node: NodeId): string {
    const word = `canary${this.prefix}q${this.#count++}q`;
    const words = this.said.get(node) ?? new Set();
    this.said.set(node, words.add(word));
    return word;
  }

  async #words(id: ChatId, node: NodeId): Promise<void> {
    const chat = this.chats.read(id);
    if (!chat.has(node)) return;
    const owner = chat.tree.node(node).chat;
    const text = this.#canary(node);
    const known = chat.tree.node(node);
    if (turnOf(known)?.kind !== 'reply' || known.results.length > 0) return;
    const done = await this.run(owner, () => [completed(node, text)]);
    if (done) this.#enqueue(this.chats.read(id), node);
  }

  #enqueue(chat: Chat, node: NodeId): void {
    if (!isDigested(chat, node)) return;
    this.#jobs.push(this.#start(chat, node, 'digest'));
    if (turnOf(chat.tree.node(node)) === null) this.#jobs.push(this.#start(chat, node, 'summary'));
  }

  #start(chat: Chat, node: NodeId, of: Job['of']): Job {
    const number = (this.#runs.get(`${node} ${of}`) ?? 0) + 1;
    this.#runs.set(`${node} ${of}`, number);
    return begin(chat, node, of, number);
  }

  async #finishJob(index: number): Promise<void> {
    const job = this.#jobs.splice(index, 1)[0];
    if (job !== undefined) await this.#end(job);
  }

  async #end(job: Job): Promise<void> {
    const moves = this.draw(1_000);
    const owner = this.chats.read(this.ids[0] ?? '').tree.node(job.node).chat;
    const { node, of, number } = job;
    const known = this.firstMoves.get(node)?.number ?? Number.POSITIVE_INFINITY;
    if (of === 'digest' && number < known) this.firstMoves.set(node, { number, moves });
    await this.run(owner, () => outcome(job, moves));
  }

  async #complete(id: ChatId): Promise<void> {
    await this.#words(id, this.#pick(this.nodes));
    const head = this.chats.read(id).head;
    if (head !== null) await this.#words(id, head);
  }

  async #continue(id: ChatId): Promise<void> {
    const node = this.fresh();
    const done = await this.run(id, (chat) => continueReply({ node }, chat));
    if (done) await this.#words(id, node);
  }

  async #regenerate(id: ChatId, reply: NodeId): Promise<void> {
    const node = this.fresh();
    const done = await this.run(id, (chat) => regenerate({ reply, node, note: null }, chat));
    if (done && this.draw(4) > 0) await this.#words(id, node);
    const line = this.chats.read(id).line();
    this.nodes.push(...line.filter((each) => each.startsWith(`${node}-`)));
  }

  async #choose(id: ChatId): Promise<void> {
    const chat = this.chats.read(id);
    const variants = chat.line().flatMap((node) => chat.variantsOf(node));
    const variant = this.#pick(variants);
    if (variant) await this.run(id, (known) => chooseVariant({ variant }, known));
  }

  async #save(id: ChatId, at: NodeId): Promise<void> {
    const name = `save${this.draw(4)}`;
    const taken = this.store.saveOf(this.chats.rootOf(id), name) !== null;
    await this.run(id, (chat) => save({ name, at, taken }, chat));
  }

  async #load(id: ChatId): Promise<void> {
    const at = this.store.saveOf(this.chats.rootOf(id), `save${this.draw(4)}`);
    await this.run(id, (chat) => load({ at }, chat));
  }

  async #branch(id: ChatId): Promise<void> {
    if (this.ids.length > 3) return;
    const parent = this.chats.read(id);
    const branch = `${this.prefix}-branch${this.ids.length}`;
    const after = this.#pick(this.nodes.filter((node) => parent.has(node)));
    const command = { name: 'b', owner: ANN, after, channel: null, guild: null };
    if (await this.run(branch, () => branchChat(command, parent), id)) this.ids.push(branch);
  }

  async #edit(id: ChatId): Promise<void> {
    const chat = this.chats.read(id);
    const node = this.fresh();
    const edit = this.#anEdit(chat);
    const done = await this.run(id, (known) => editStory({ node, edit }, known));
    if (done) this.#enqueue(this.chats.read(id), node);
  }

  #anEdit(chat: Chat): Edit {
    const memory = this.#pick(this.store.memories(chat.id, MIRA, EVERYTHING))?.memory ?? {
      node: this.#pick(this.nodes),
      owner: MIRA,
    };
    const text = `edit${this.prefix}e${this.#count}e`;
    this.wrote.set(this.by, [...(this.wrote.get(this.by) ?? []), text]);
    return this.#pick(edits(memory, text, this.draw));
  }

  async #changeWords(): Promise<void> {
    const turn = this.#pick(this.nodes);
    const tree = this.chats.read(this.ids[0] ?? '').tree;
    const owner = tree.find(turn)?.chat;
    if (owner === undefined) return;
    const how = this.draw(5);
    const text = this.#canary(turn);
    await this.run(owner, (chat) => {
      if (how < 3) return reviseTurn({ turn, text, readable: text }, chat);
      if (how < 4) return removeTurn({ turn }, chat);
      const isUsers = turnOf(tree.node(turn))?.kind === 'user';
      return isUsers ? eraseTurns({ person: this.by, turns: [turn] }, chat) : [];
    });
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.draw(Math.max(1, from.length))] as T;
  }
}
