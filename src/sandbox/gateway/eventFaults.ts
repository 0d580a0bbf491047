import type { Outgoing } from './outgoing.ts';

type Twist = 'duplicate' | 'delay' | 'lose';

/** Makes the gateway misbehave, one event at a time. */
export class EventFaults {
  #waiting: { name: string; twist: Twist }[] = [];
  #held: Outgoing[] = [];

  /** The next event of that name comes twice. */
  duplicateNext(name: string): void {
    this.#waiting.push({ name, twist: 'duplicate' });
  }

  /** The next event of that name comes after the one that follows it. */
  swapNext(name: string): void {
    this.#waiting.push({ name, twist: 'delay' });
  }

  /** The next event of that name never comes. */
  loseNext(name: string): void {
    this.#waiting.push({ name, twist: 'lose' });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** What to send in place of an event, in order. */
  twist(event: Outgoing): Outgoing[] {
    const held = this.#held;
    this.#held = [];
    const index = this.#waiting.findIndex(({ name }) => name === event.name);
    if (index < 0) return [event, ...held];
    const [{ twist } = { twist: 'lose' }] = this.#waiting.splice(index, 1);
    if (twist === 'duplicate') return [event, event, ...held];
    if (twist === 'delay') this.#held.push(event);
    return held;
  }
}
