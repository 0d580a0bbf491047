import type { ChatId, HomeId } from '../engine/ids.ts';
import { demand, type Ground, mayDo, type Right, type Standing } from '../engine/rights.ts';
import type { Chats } from './chats.ts';
import type { Homes } from './homes.ts';

/** Who may do what in a story or a home: asked by every use case, whatever Discord let through. */
export class Rights {
  readonly #chats: Chats;
  readonly #homes: Homes;

  constructor(chats: Chats, homes: Homes) {
    this.#chats = chats;
    this.#homes = homes;
  }

  /** @throws {Refusal} `not-allowed`. */
  demand(right: Right, by: Standing, chat: ChatId): void {
    demand(right, by, this.#ground(chat));
  }

  /** For what concerns no story. @throws {Refusal} `not-allowed`. */
  demandAt(home: HomeId, right: Right, by: Standing): void {
    demand(right, by, { owner: null, settings: this.#homes.read(home).settings });
  }

  mayAt(home: HomeId, right: Right, by: Standing): boolean {
    return mayDo(right, by, { owner: null, settings: this.#homes.read(home).settings });
  }

  may(right: Right, by: Standing, chat: ChatId): boolean {
    return mayDo(right, by, this.#ground(chat));
  }

  #ground(chat: ChatId): Ground {
    const { owner, home } = this.#chats.read(chat).frame;
    return { owner, settings: this.#homes.read(home).settings };
  }
}
