import type { Chat } from '../engine/chat.ts';
import { speak } from '../engine/deciders/speak.ts';
import { dueIn } from '../engine/deciders/startReply.ts';
import type { Viewpoint } from '../engine/drawer/viewpoint.ts';
import { type ChatId, chatStream, type EntityId, type HomeId, type NodeId } from '../engine/ids.ts';
import type { Prompt, Receipt } from '../engine/prompt/assemblePrompt.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { Attachment } from '../engine/state/story.ts';
import { Beginning, putAway } from './beginning.ts';
import { Casting, type HashOf, type Portrait } from './casting.ts';
import { Chats } from './chats.ts';
import type { Classifier } from './classifier.ts';
import { type DerivationSettings, Derivations } from './derivations.ts';
import { Drawer } from './drawer.ts';
import { DrawerEdits } from './drawerEdits.ts';
import { type Hearing, isUnheard, type QuotedMessage, quoteIn } from './hearing.ts';
import { HomeRules, type UsedUp } from './homeRules.ts';
import { type Choice, Homes, type ShippedCharacter } from './homes.ts';
import { booksOf, Lore } from './lore.ts';
import { Meanings } from './meanings.ts';
import { Openings } from './openings.ts';
import { type Board, Panels } from './panels.ts';
import { performer, type ReplySettings } from './perform.ts';
import { Personas } from './personas.ts';
import type { Cards } from './ports/cards.ts';
import type { Clock } from './ports/clock.ts';
import type { Embeddings } from './ports/embeddings.ts';
import type { ErasureLedger } from './ports/erasures.ts';
import type { InTurn } from './ports/inTurn.ts';
import type { Log } from './ports/log.ts';
import { type Model, OFFLINE_MODEL } from './ports/model.ts';
import type { NewId } from './ports/newId.ts';
import type { Readership } from './ports/readership.ts';
import type { Rooms } from './ports/rooms.ts';
import type { Stage } from './ports/stage.ts';
import type { Store } from './ports/store.ts';
import { Privacy } from './privacy.ts';
import { Prompts } from './promptFor.ts';
import { type ReadReceipt, readReceipt } from './readReceipt.ts';
import { type RelationshipHistory, relationshipHistory } from './relationshipHistory.ts';
import { Replies } from './replies.ts';
import { Rights } from './rights.ts';
import { Settings } from './settings.ts';
import { Sharing, type SharingSettings } from './sharing.ts';
import { type Operations, Status } from './status.ts';
import { Storylines } from './storylines.ts';
import { StoryReading } from './storyReading.ts';
import { TimeTravel } from './timeTravel.ts';
import { type Regenerating, Variants } from './variants.ts';
import { WhileAway } from './whileAway.ts';
import { Whispers } from './whispers.ts';
import { Words } from './words.ts';
import { WorldEdits } from './worldEdits.ts';

export interface TroupeNeeds {
  readonly store: Store;
  readonly ledger: ErasureLedger;
  readonly stage: Stage;
  readonly rooms: Rooms;
  readonly board: Board;
  readonly model: Model;
  readonly classifier: Classifier;
  /** Null where memories are looked for by their words alone. */
  readonly embeddings: Embeddings | null;
  /** Milliseconds that a reply waits to learn what was said last means. */
  readonly meaningWait: number;
  readonly readership: Readership;
  readonly sharing: SharingSettings;
  /** Tokens of a text. */
  readonly count: (text: string) => number;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly inTurn: InTurn;
  readonly log: Log;
  readonly settings: ReplySettings;
  readonly derivations: DerivationSettings;
  readonly shipped: readonly ShippedCharacter[];
  readonly cards: Cards;
  readonly portrait: Portrait;
  readonly hashOf: HashOf;
  readonly operations: Operations;
  /** The name of the model that reads what happened. */
  readonly classifierModel: string;
}

export interface Heard {
  readonly channel: string;
  readonly message: string;
  readonly by: Standing;
  readonly name: string;
  /** As written, and with mentions turned into names. */
  readonly text: string;
  readonly readable: string;
  /** The message that it replies to. */
  readonly quote: QuotedMessage | null;
  readonly attachments: readonly Attachment[];
}

export interface StoryHere {
  readonly chat: ChatId;
  readonly name: string;
  /** Names of the characters who play in it. */
  readonly characters: readonly string[];
}

/** The use cases: everything that Discord, or anything else, can ask of Troupe. */
export class Troupe {
  readonly #needs: TroupeNeeds;
  readonly #chats: Chats;
  readonly #homes: Homes;
  readonly #replies: Replies;
  readonly #prompts: Prompts;
  readonly #derivations: Derivations;
  readonly #meanings: Meanings | null;
  readonly #resumed = Promise.withResolvers<void>();
  /** Which stories there are, and where they are played. */
  readonly storylines: Storylines;
  /** What is to be read of one. */
  readonly reading: StoryReading;
  /** What people change about a story's world by hand. */
  readonly world: WorldEdits;
  /** What a story holds, as far as whoever looks may know, and what they change of it there. */
  readonly drawer: Drawer;
  readonly drawerEdits: DrawerEdits;
  /** What stands in channels and follows their stories. */
  readonly panels: Panels;
  readonly whispers: Whispers;
  /** What stories may begin with. */
  readonly openings: Openings;
  /** How stories begin. */
  readonly beginning: Beginning;
  /** How people appear. */
  readonly personas: Personas;
  /** What is stored about them. */
  readonly privacy: Privacy;
  /** How a home is set. */
  readonly settings: Settings;
  readonly rules: HomeRules;
  /** What a home's characters are. */
  readonly casting: Casting;
  readonly lore: Lore;
  readonly rights: Rights;
  /** How Troupe runs. */
  readonly status: Status;
  readonly variants: Variants;

  /** Where stories stand. */
  readonly travel: TimeTravel;
  /** What people do to their messages. */
  readonly words: Words;
  /** What happened while nobody listened. */
  readonly away: WhileAway;

  constructor(needs: TroupeNeeds) {
    this.#needs = needs;
    this.#chats = new Chats(needs.store, needs.clock, needs.log);
    this.#homes = new Homes(needs.store, needs.clock, needs.shipped);
    const chats = this.#chats;
    const books = ({ frame }: Chat) => booksOf(this.#homes.read(frame.home), frame.settings);
    const { embeddings, meaningWait: wait } = needs;
    const meanings = embeddings && new Meanings({ ...needs, embeddings, wait });
    this.#meanings = meanings;
    chats.onRemembered = () => meanings?.wake();
    const sharing = new Sharing({ ...needs, homes: this.#homes });
    this.#prompts = new Prompts({ ...needs, books, meanings, sharing });
    const derivations = new Derivations({ ...needs, chats });
    this.#derivations = derivations;
    chats.onOwed = () => derivations.wake();
    const perform = performer({ ...needs, chats, prompts: this.#prompts });
    const sunkIn = (chat: ChatId) =>
      derivations.settled(chat, () => {
        const { binding } = chats.read(chat).frame;
        if (binding !== null) needs.stage.think(binding);
      });
    this.#replies = new Replies({ ...needs, chats, perform, sunkIn });
    const rights = new Rights(chats, this.#homes);
    const homes = this.#homes;
    this.rules = new HomeRules({ ...needs, homes });
    const shared = { ...needs, chats, rights, homes, rules: this.rules, replies: this.#replies };
    this.rights = rights;
    this.reading = new StoryReading(shared);
    this.storylines = new Storylines({ ...shared, reading: this.reading });
    this.openings = new Openings(shared);
    const models = { model: needs.settings.model, classifier: needs.classifierModel };
    this.status = new Status({ ...shared, openings: this.openings, models });
    this.beginning = new Beginning({
      ...shared,
      openings: this.openings,
      storylines: this.storylines,
      reading: this.reading,
    });
    this.personas = new Personas(shared);
    this.privacy = new Privacy({ ...shared, derivations });
    this.settings = new Settings(shared);
    this.variants = new Variants(shared);
    this.world = new WorldEdits(shared);
    this.drawer = new Drawer(shared);
    this.drawerEdits = new DrawerEdits({ ...shared, world: this.world });
    const view = (chat: ChatId) => ({
      story: chats.read(chat).frame.name,
      scene: this.drawer.scene(chat, { kind: 'everyone' }),
    });
    this.panels = new Panels({ ...shared, view });
    chats.onChange = (chat) => this.panels.changed(chat);
    this.whispers = new Whispers({ ...shared, perform });
    this.casting = new Casting(shared);
    this.lore = new Lore(shared);
    this.travel = new TimeTravel(shared);
    this.words = new Words({ ...shared, ooc: needs.settings.ooc });
    this.away = new WhileAway(shared);
  }

  /** True when replies come from the stand-in that is no language model; people are told so. */
  get offline(): boolean {
    return this.#needs.settings.model === OFFLINE_MODEL;
  }

  /** True the first time that a home is to be told so at length. */
  firstOffline(home: HomeId): boolean {
    return this.offline && this.#needs.store.firstTime(`offline:${home}`);
  }

  /**
   * The language of what everyone reads where a story is played.
   * @param guild null in direct messages @param server the language that the guild has on Discord
   */
  languageIn(chat: ChatId, guild: string | null, server: string | null): string | null {
    return this.settings.language(guild ?? this.#chats.read(chat).frame.home, server);
  }

  /** True the first time that a server is to be welcomed. */
  firstWelcome(home: HomeId): boolean {
    return this.#needs.store.firstTime(`welcome:${home}`);
  }

  characters(home: HomeId, query: string): Choice[] {
    return this.#homes.choices(home, query);
  }

  storyIn(channel: string): StoryHere | null {
    const id = this.#needs.store.chatIn(channel);
    if (id === null) return null;
    const { frame, story } = this.#chats.read(id);
    const characters = Object.values(story.cast).filter((member) => member.sheet !== null);
    return { chat: id, name: frame.name, characters: characters.map((member) => member.name) };
  }

  /**
   * Takes a message into the story of its channel, of whoever may speak there, and has it answered.
   * @param more comes at once, and is answered together with it: `answer` is to be called then.
   */
  async hear({ channel, quote, by: standing, ...words }: Heard, more = false): Promise<Hearing> {
    const { store, newId, settings } = this.#needs;
    const id = store.chatIn(channel);
    if (id === null) return 'no-story';
    if (!this.rights.may('speak', standing, id)) {
      // Who may by the time that messages are looked through again is another matter.
      store.seen.note(channel, words.message);
      return 'not-allowed';
    }
    const said = { ...words, by: standing.person };
    // What the last process left undone comes first; messages wait here in their order.
    await this.#resumed.promise;
    const { home } = this.#chats.read(id).frame;
    const person = this.#homes.appearance(home, said.by, id, said.name);
    await this.travel.begin(id, said.message, said.by, person.name);
    const node = newId();
    // What is past someone's day stays in the story, and is answered with what comes later.
    const answered = this.rules.usedUp(home, said.by) === null;
    const { chat, repeated } = await this.#chats.execute({
      chat: id,
      id: said.message,
      actor: said.by,
      decide: (known) => {
        const quoted = quote && quoteIn(known, store, quote);
        return speak({ ...said, ...person, quote: quoted, node, ooc: settings.ooc }, known);
      },
      also: () => ({ jobs: answered ? [{ add: { kind: 'answer', chat: id, node: null } }] : [] }),
    });
    if (!answered) return repeated ? 'taken' : 'used-up';
    if (!more) this.#answer(id);
    return !repeated && isUnheard(chat, node, said.by) ? 'unheard' : 'taken';
  }

  /** Has what was said in a channel's story answered, where anybody is due. */
  answer(channel: string): void {
    const id = this.#needs.store.chatIn(channel);
    if (id !== null) this.#answer(id);
  }

  /**
   * What is used up where someone's message was not answered, the first time of a day that they, or the
   * channel, are to be told; else null.
   */
  firstUsedUp(channel: string, person: EntityId): UsedUp | null {
    const { home } = this.#chats.read(this.#chatIn(channel)).frame;
    const used = this.rules.usedUp(home, person);
    if (used === null) return null;
    const whom = used.whose === 'person' ? person : channel;
    return this.#needs.store.firstTime(`used-up:${home}:${whom}:${used.until}`) ? used : null;
  }

  /** True the first time that a person is to be told that nobody hears them in a channel's story. */
  firstUnheard(channel: string, person: string): boolean {
    return this.#needs.store.firstTime(`unheard:${this.#chatIn(channel)}:${person}`);
  }

  /** See {@link Variants.regenerate}. @throws {Refusal} `limit-reached`. */
  async regenerate(asked: Regenerating): Promise<void> {
    this.#demandAllowance(this.#chatIn(asked.channel), asked.by.person);
    await this.variants.regenerate(asked);
  }

  /** True the first time that a person is to be told that they may not speak in a channel's story. */
  firstForbidden(channel: string, person: EntityId): boolean {
    return this.#needs.store.firstTime(`forbidden:${this.#chatIn(channel)}:${person}`);
  }

  /**
   * @param node stops this reply only, and not another that runs by now.
   * @throws {Refusal} `no-story-here`, `not-allowed`, `nothing-to-stop`.
   */
  stop(channel: string, by: Standing, node: NodeId | null = null): void {
    this.rights.demand('speak', by, this.#chatIn(channel));
    if (!this.#replies.stop(this.#chatIn(channel), node)) throw new Refusal('nothing-to-stop');
  }

  /**
   * Has the character whose words are the newest go on with them.
   * @param command the interaction that asks.
   * @param node goes on from this reply only, and not from another that is the newest by now.
   * @throws {Refusal} `no-story-here`, `not-allowed`, `nothing-to-continue`, `limit-reached`.
   */
  async goOn(
    channel: string,
    command: string,
    by: Standing,
    node: NodeId | null = null,
  ): Promise<void> {
    const id = this.#chatIn(channel);
    this.rights.demand('speak', by, id);
    // Pressed twice: the first time has done it.
    if (this.#needs.store.recorded(chatStream(id), command) !== null) return;
    this.#demandAllowance(id, by.person);
    const last = this.#chats.read(id).story.turns.at(-1);
    if (node !== null && last?.node !== node) throw new Refusal('nothing-to-continue');
    await this.#replies.goOn(id, command, by.person);
  }

  /**
   * Asks again for the reply that failed.
   * @param command the interaction that asks.
   * @throws {Refusal} `no-story-here`, `not-allowed`, `nothing-to-answer`, `limit-reached`.
   */
  async retry(channel: string, command: string, by: Standing): Promise<void> {
    const id = this.#chatIn(channel);
    this.rights.demand('speak', by, id);
    this.#demandAllowance(id, by.person);
    const known = this.#chats.read(id);
    if (dueIn(known) !== null) return this.#replies.retry(id);
    const last = known.story.turns.at(-1);
    // What failed was to go on with a reply.
    if (last?.kind !== 'reply' || !last.truncated) throw new Refusal('nothing-to-answer');
    await this.#replies.goOn(id, command, by.person);
  }

  /** Why a reply holds what it holds; null for one that no prompt was put together for. */
  receiptOf(node: NodeId): Receipt | null {
    return this.#needs.store.receipts.of(node);
  }

  /**
   * What a character's next prompt would be.
   * @throws {Refusal} `unknown-character`, `prompt-too-long`.
   */
  async nextPrompt(chat: ChatId, character: EntityId): Promise<Prompt> {
    const elsewhere = await this.#prompts.elsewhere(this.#chats.read(chat), character);
    return this.#prompts.next(this.#chats.read(chat), character, elsewhere);
  }

  /**
   * What a character's next prompt would be made of, as one person may see it.
   * @throws {Refusal} as {@link nextPrompt}.
   */
  async nextReceipt(chat: ChatId, character: EntityId, by: Standing): Promise<ReadReceipt> {
    const { receipt } = await this.nextPrompt(chat, character);
    const known = this.#chats.read(chat);
    const name = known.story.cast[character]?.name ?? '';
    const needs = { store: this.#needs.store, chats: this.#chats, rights: this.rights };
    return { name, receipt, memories: readReceipt(needs, known, receipt, by) };
  }

  /** How one came to stand to another, as far as these eyes know. */
  relationshipHistory(
    chat: ChatId,
    pair: { readonly from: EntityId; readonly to: EntityId },
    view: Viewpoint,
  ): RelationshipHistory {
    const viewer = view.kind === 'person' ? view.person : null;
    return relationshipHistory(this.#needs.store, this.#chats.read(chat), pair, viewer);
  }

  /** A channel was deleted: its story is put away, and nothing of it is lost. */
  async channelGone(channel: string): Promise<void> {
    const id = this.#needs.store.chatIn(channel);
    if (id === null) return;
    const needs = { chats: this.#chats, replies: this.#replies };
    await putAway(needs, id, `${channel}:gone`, 'troupe', 'channel-gone');
  }

  /** Takes up what the last process left undone. Messages are taken from then on. */
  async resume(): Promise<void> {
    this.#derivations.start();
    this.#meanings?.wake();
    // First words stand below their story's opening.
    await this.storylines.resume();
    await this.#replies.resume((chat) => {
      const { binding } = this.#chats.read(chat).frame;
      // Behind whatever waits to be taken there.
      return this.words.inOrder(binding?.channel ?? '', () => {});
    });
    this.whispers.resume();
    this.panels.resume();
    this.privacy.resume();
    this.#resumed.resolve();
  }

  /** Ends running replies as truncated, and waits until that is shown and stored. */
  async close(): Promise<void> {
    const { privacy, whispers, panels } = this;
    const closing = [privacy, this.#replies, whispers, this.#derivations, this.#meanings, panels];
    await Promise.all(closing.map((each) => each?.close()));
  }

  /** @throws {Refusal} `limit-reached`. */
  #demandAllowance(chat: ChatId, by: EntityId): void {
    this.rules.demandAllowance(this.#chats.read(chat).frame.home, by);
  }

  #answer(chat: ChatId): void {
    if (dueIn(this.#chats.read(chat)) !== null) this.#replies.answer(chat);
    else this.#needs.store.finish({ kind: 'answer', chat, node: null });
  }

  #chatIn(channel: string): ChatId {
    const id = this.#needs.store.chatIn(channel);
    if (id === null) throw new Refusal('no-story-here');
    return id;
  }
}
