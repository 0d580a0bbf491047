import { allowancesOf, settingsOf, spentUp } from '../engine/homeSettings.ts';
import type { EntityId, HomeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Sheet } from '../engine/sheet.ts';
import type { Homes } from './homes.ts';
import type { Clock } from './ports/clock.ts';
import type { Rooms } from './ports/rooms.ts';
import type { Store } from './ports/store.ts';

interface Needs {
  readonly store: Pick<Store, 'spent'>;
  readonly homes: Homes;
  readonly rooms: Pick<Rooms, 'isAgeRestricted'>;
  readonly clock: Clock;
}

/** Someone's, or a home's, turns or tokens of a day are used up. */
export interface UsedUp {
  readonly whose: 'person' | 'home';
  /** Seconds since 1970 from which there is more: midnight, UTC. */
  readonly until: number;
}

const DAY = 24 * 60 * 60_000;

/** What a home allows: how much is played in a day, and where adults may be. */
export class HomeRules {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** What is used up of a person's and a home's day; null while there is some left. */
  usedUp(home: HomeId, person: EntityId): UsedUp | null {
    const { store, homes, clock } = this.#needs;
    const allowances = allowancesOf(homes.read(home).settings);
    const now = clock.now();
    const day = dayOf(now);
    const until = (Math.floor(now / DAY) + 1) * (DAY / 1_000);
    const over = (whose: UsedUp['whose']) =>
      spentUp(allowances[whose], () => store.spent(home, whose === 'person' ? person : null, day));
    if (over('person')) return { whose: 'person', until };
    return over('home') ? { whose: 'home', until } : null;
  }

  /** @throws {Refusal} `limit-reached`. */
  demandAllowance(home: HomeId, person: EntityId): void {
    const used = this.usedUp(home, person);
    if (used !== null) throw new Refusal('limit-reached', { ...used });
  }

  /**
   * Whether a character may play in a channel.
   * @throws {Refusal} `only-age-restricted`, `no-adults`.
   */
  async admit(home: HomeId, channel: string | null, { adult, name }: Sheet): Promise<void> {
    if (!adult) return;
    const { homes, rooms } = this.#needs;
    if (settingsOf(homes.read(home).settings).adults === 'nowhere') {
      throw new Refusal('no-adults', { name });
    }
    if (channel === null || !(await rooms.isAgeRestricted(channel))) {
      throw new Refusal('only-age-restricted', { name });
    }
  }
}

/** As the log counts days: in UTC. @param now milliseconds since 1970 */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);
