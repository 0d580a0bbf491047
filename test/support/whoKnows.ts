/** What one person perceives of the world, as the oracle of a test tracks it: it knows nothing of the code. */
interface Someone {
  place: string;
  here: boolean;
  awake: boolean;
  /** Every secret that was said, done or told within hearing. */
  readonly knows: Set<string>;
}

/** Tracks by itself who is where, and so who knows what. */
export class WhoKnows {
  readonly #people = new Map<string, Someone>();

  constructor(names: readonly string[], place: string) {
    for (const name of names) {
      this.#people.set(name, { place, here: true, awake: true, knows: new Set() });
    }
  }

  enter(name: string): void {
    const one = this.#of(name);
    if (one.here) return;
    Object.assign(one, { here: true, awake: true, place: 'inn' });
  }

  leave(name: string): void {
    this.#of(name).here = false;
  }

  move(name: string, place: string): void {
    this.#of(name).place = place;
  }

  sleep(name: string): void {
    this.#of(name).awake = false;
  }

  wake(name: string): void {
    this.#of(name).awake = true;
  }

  /** Says some secrets, to everyone near or to one; speaking brings back who had left, and wakes up. */
  say(name: string, secrets: readonly string[], to: string | null): void {
    const one = this.#of(name);
    if (!one.here) one.place = 'inn';
    Object.assign(one, { here: true, awake: true });
    for (const [other, heard] of this.#people) {
      const near = heard.here && heard.awake && heard.place === one.place;
      const meant = to === null || to === other;
      if (other === name || (near && meant)) for (const each of secrets) heard.knows.add(each);
    }
  }

  knows(name: string): ReadonlySet<string> {
    return this.#of(name).knows;
  }

  /** Everyone awake in a place. */
  at(place: string): string[] {
    return [...this.#people]
      .filter(([, one]) => one.here && one.awake && one.place === place)
      .map(([name]) => name);
  }

  #of(name: string): Someone {
    const one = this.#people.get(name);
    if (one === undefined) throw new Error(`nobody is called ${name}`);
    return one;
  }
}
