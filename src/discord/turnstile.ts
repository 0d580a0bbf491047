interface Waiting {
  readonly key: string;
  readonly enter: () => void;
}

/** Lets so many through at a time, in the order in which they came; whoever is in a hurry goes first. */
export class Turnstile {
  #free: number;
  #waiting: Waiting[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ key, enter });
      this.#let();
    });
    try {
      return await work();
    } finally {
      this.#free += 1;
      this.#let();
    }
  }

  hurry(key: string): void {
    const [first, rest] = [
      this.#waiting.filter((each) => each.key === key),
      this.#waiting.filter((each) => each.key !== key),
    ];
    this.#waiting = [...first, ...rest];
  }

  #let(): void {
    while (this.#free > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#free -= 1;
      next.enter();
    }
  }
}
