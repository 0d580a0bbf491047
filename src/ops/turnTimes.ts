import type { Clock } from '../app/ports/clock.ts';
import type { Exposition, Histogram } from './exposition.ts';

/** A turn on its way: moments in milliseconds since 1970. */
interface Turn {
  readonly begun: number;
  /** When the model was asked. */
  prompted: number;
  /** When the step before the one that goes on ended. */
  last: number;
  visible: boolean;
}

type Stage = 'waiting' | 'prompt' | 'first_words' | 'writing' | 'settling' | 'whole';

/** What was never ended, as by a story that was put away, is forgotten past so many. */
const MOST = 1_000;
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** How long each step of a turn takes, from what the store is told of it. */
export class TurnTimes {
  readonly #clock: Clock;
  readonly #stages: Histogram;
  readonly #visible: Histogram;
  readonly #heard = new Map<string, number>();
  readonly #turns = new Map<string, Turn>();

  constructor(exposition: Exposition, clock: Clock) {
    this.#clock = clock;
    this.#stages = exposition.histogram(
      'troupe_turn_stage_seconds',
      'Time that the steps of a turn take: waiting (from what was said to the beginning of the reply), prompt, first_words (from asking the model to words in the channel), writing, settling (from the last word to its message), whole (all but waiting).',
      SECONDS,
      ['stage'],
    );
    this.#visible = exposition.histogram(
      'troupe_first_visible_seconds',
      'Time from the beginning of a reply to its first words in the channel.',
      SECONDS,
    );
    exposition.read('troupe_replies_running', 'Replies that are being given.', () => [
      { value: this.#turns.size },
    ]);
  }

  heard(stream: string): void {
    if (!this.#heard.has(stream)) keep(this.#heard, stream, this.#clock.now());
  }

  begun(stream: string, node: string): void {
    const now = this.#clock.now();
    const heard = this.#heard.get(stream);
    this.#heard.delete(stream);
    if (heard !== undefined) this.#took('waiting', now - heard);
    keep(this.#turns, node, { begun: now, prompted: now, last: now, visible: false });
  }

  prompted(node: string): void {
    const turn = this.#turns.get(node);
    if (turn === undefined) return;
    this.#step(node, 'prompt');
    turn.prompted = turn.last;
  }

  shown(node: string): void {
    const turn = this.#turns.get(node);
    if (turn === undefined || turn.visible) return;
    const now = this.#clock.now();
    turn.visible = true;
    turn.last = now;
    this.#visible.observe((now - turn.begun) / 1_000);
    // What is short may be written before any of it is shown.
    this.#took('first_words', now - turn.prompted);
  }

  written(node: string): void {
    const turn = this.#turns.get(node);
    // A whisper is shown as a whole, and what goes on stands in an older message.
    if (turn?.visible) this.#step(node, 'writing');
    else if (turn !== undefined) turn.last = this.#clock.now();
  }

  /** The channel holds it. */
  settled(node: string): void {
    const turn = this.#turns.get(node);
    if (turn === undefined) return;
    this.#step(node, 'settling');
    this.#took('whole', turn.last - turn.begun);
    this.#turns.delete(node);
  }

  forget(node: string): void {
    this.#turns.delete(node);
  }

  #step(node: string, stage: Stage): void {
    const turn = this.#turns.get(node);
    if (turn === undefined) return;
    const now = this.#clock.now();
    this.#took(stage, now - turn.last);
    turn.last = now;
  }

  #took(stage: Stage, milliseconds: number): void {
    this.#stages.observe(Math.max(0, milliseconds) / 1_000, { stage });
  }
}

function keep<T>(among: Map<string, T>, key: string, value: T): void {
  const [oldest] = among.keys();
  if (among.size >= MOST && oldest !== undefined) among.delete(oldest);
  among.set(key, value);
}
