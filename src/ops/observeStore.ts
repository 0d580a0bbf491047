import type { Clock } from '../app/ports/clock.ts';
import type { Job } from '../app/ports/jobs.ts';
import type { Store } from '../app/ports/store.ts';
import type { DomainEvent } from '../engine/event.ts';
import type { Exposition } from './exposition.ts';
import { TurnTimes } from './turnTimes.ts';

/**
 * The same store, which tells what goes through it: how long turns take, what happens, what is owed and
 * what the classifier could not use. Labels are kinds of things, and never anybody's.
 */
export function observeStore(store: Store, exposition: Exposition, clock: Clock): Store {
  const turns = new TurnTimes(exposition, clock);
  const events = exposition.counter('troupe_events_total', 'Events written to the log, by kind.', [
    'type',
  ]);
  const replies = exposition.counter(
    'troupe_replies_total',
    'Replies that ended, by how: as the model ended it, or the kind of failure.',
    ['ending'],
  );
  const misses = exposition.counter(
    'troupe_classifier_failures_total',
    'Answers of a classifier that could not be used as they were, or did not come.',
    ['model', 'kind', 'problem'],
  );
  /** Since when this process knows of what is owed. */
  const known = new Map<string, number>();
  const owe = (jobs: readonly Job[]) => {
    for (const job of jobs) if (!known.has(keyOf(job))) known.set(keyOf(job), clock.now());
  };
  owe(store.jobs());
  readJobs(store, exposition, { known, clock });

  const note = (event: DomainEvent): void => {
    events.add({ type: event.type });
    const { type, node } = event;
    if (type === 'UserSpoke') turns.heard(event.stream);
    if (node === null) return;
    if (type === 'ReplyStarted' || type === 'ReplyContinued') turns.begun(event.stream, node);
    if (type === 'ReplyCompleted') {
      // Words that were there before anybody asked took no time.
      if (event.payload.finish === 'authored') turns.forget(node);
      turns.written(node);
      replies.add({ ending: event.payload.finish });
    }
    if (type === 'ReplyFailed') {
      turns.forget(node);
      replies.add({ ending: event.payload.failure });
    }
  };
  const finish = (job: Job) => {
    if (job.kind === 'deliver' || job.kind === 'whisper') turns.settled(job.node ?? '');
    known.delete(keyOf(job));
  };

  return {
    ...store,
    commit: (unit) => {
      const committed = store.commit(unit);
      if (committed.repeated) return committed;
      for (const event of committed.events) note(event);
      for (const job of unit.jobs ?? []) {
        if ('add' in job) owe([job.add]);
        else finish(job.done);
      }
      return committed;
    },
    enqueue: (jobs) => {
      store.enqueue(jobs);
      owe(jobs);
    },
    finish: (job) => {
      store.finish(job);
      finish(job);
    },
    noteClassifierFailure: (failure) => {
      store.noteClassifierFailure(failure);
      const { model, kind, problem } = failure;
      misses.add({ model, kind, problem });
    },
    receipts: {
      ...store.receipts,
      put: (chat, node, receipt) => {
        store.receipts.put(chat, node, receipt);
        turns.prompted(node);
      },
    },
    deliveries: {
      ...store.deliveries,
      put: (chat, node, part) => {
        store.deliveries.put(chat, node, part);
        if (part.message !== null && part.shown?.raw && part.pending === null) turns.shown(node);
      },
    },
  };
}

function readJobs(
  store: Store,
  exposition: Exposition,
  { known, clock }: { readonly known: Map<string, number>; readonly clock: Clock },
): void {
  exposition.read('troupe_jobs', 'Work that is owed, and work that was given up, by kind.', () => [
    ...counted(store.jobs(), 'owed'),
    ...counted(store.deadJobs(), 'given_up'),
  ]);
  exposition.read(
    'troupe_job_oldest_seconds',
    'Age of the oldest work that is owed, as far as this process knows, by kind.',
    () => {
      const now = clock.now();
      const jobs = store.jobs();
      const there = new Set(jobs.map(keyOf));
      for (const key of known.keys()) if (!there.has(key)) known.delete(key);
      return [...Map.groupBy(jobs, ({ kind }) => kind)].map(([kind, some]) => {
        const since = Math.min(...some.map((job) => known.get(keyOf(job)) ?? now));
        return { value: Math.max(0, now - since) / 1_000, labels: { kind } };
      });
    },
  );
}

const counted = (jobs: readonly Job[], state: string) =>
  [...Map.groupBy(jobs, ({ kind }) => kind)].map(([kind, some]) => ({
    value: some.length,
    labels: { kind, state },
  }));

const keyOf = ({ kind, chat, node }: Job): string => `${kind}:${chat}:${node ?? ''}`;
