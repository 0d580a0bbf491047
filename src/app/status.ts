import type { ChatId, HomeId } from '../engine/ids.ts';
import type { Standing } from '../engine/rights.ts';
import type { NotedFailure } from './classifier.ts';
import type { Openings } from './openings.ts';
import type { Job } from './ports/jobs.ts';
import type { Store } from './ports/store.ts';
import type { Rights } from './rights.ts';

/** How the process runs, as whoever started it knows. */
export interface Operations {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whether all that Troupe cannot do without is there. */
  isWell(): boolean;
  /** The newest backup; null where there is none. */
  newestBackup(): { readonly at: number; readonly bytes: number } | null;
  /** When the last attempt at one failed, in milliseconds since 1970; null where it did not. */
  backupFailed(): number | null;
}

/** Work of one kind. */
export interface Work {
  readonly kind: Job['kind'];
  readonly count: number;
}

export interface Report {
  readonly isWell: boolean;
  /** Null for whoever does not look after the home. */
  readonly details: ReportDetails | null;
}

export interface ReportDetails extends Pick<Operations, 'version' | 'since'> {
  readonly model: string;
  readonly classifier: string;
  /** What is owed, in all homes. */
  readonly owed: readonly Work[];
  /** What was given up, in all homes. */
  readonly givenUp: readonly Work[];
  /** What the given-up work of this home failed by; the last first. */
  readonly reasons: readonly string[];
  readonly backup: { readonly at: number; readonly bytes: number } | null;
  readonly backupFailed: number | null;
  /** What the classifier could not use in this home, the newest first. */
  readonly failures: readonly NotedFailure[];
}

interface Needs {
  readonly store: Store;
  readonly rights: Rights;
  readonly openings: Openings;
  readonly operations: Operations;
  readonly models: { readonly model: string; readonly classifier: string };
}

/** As many failures as are kept are looked through, and as many as are shown are given. */
const KEPT = 200;
const SHOWN = 10;
const REASONS = 3;

/** How Troupe runs: whether it is well for anyone, and the rest for whoever looks after a home. */
export class Status {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  of(home: HomeId, by: Standing): Report {
    const { store, rights, operations, models } = this.#needs;
    const dead = store.deadJobs();
    const own = dead.filter(({ chat }) => this.#homeOf(chat) === home);
    const isWell = operations.isWell() && own.length === 0;
    if (!rights.mayAt(home, 'configure', by)) return { isWell, details: null };
    const { version, since } = operations;
    return {
      isWell,
      details: {
        version,
        since,
        ...models,
        owed: counted(store.jobs()),
        givenUp: counted(dead),
        reasons: [...new Set(own.map(({ error }) => error).reverse())].slice(0, REASONS),
        backup: operations.newestBackup(),
        backupFailed: operations.backupFailed(),
        failures: this.#failures(home).slice(0, SHOWN),
      },
    };
  }

  /**
   * What the classifier could not use, in its own words.
   * @returns null for what is not kept any more, or is of another home.
   * @throws {Refusal} `not-allowed`.
   */
  failure(home: HomeId, by: Standing, id: number): NotedFailure | null {
    this.#needs.rights.demandAt(home, 'configure', by);
    return this.#failures(home).find((each) => each.id === id) ?? null;
  }

  #failures(home: HomeId): NotedFailure[] {
    return this.#needs.store
      .classifierFailures(KEPT)
      .filter(({ chat }) => this.#homeOf(chat) === home);
  }

  /** Null where a story was never begun, and is not being begun any more. */
  #homeOf(chat: ChatId): HomeId | null {
    const { store, openings } = this.#needs;
    return store.homeOf(chat) ?? openings.homeOf(chat);
  }
}

const counted = (jobs: readonly Job[]): Work[] =>
  [...Map.groupBy(jobs, ({ kind }) => kind)].map(([kind, some]) => ({ kind, count: some.length }));
