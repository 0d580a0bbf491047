import { chatStream } from '../../src/engine/ids.ts';
import { onDisk } from './database.ts';
import { compared, interleaved, type Part } from './figure.ts';
import { chatsOf, longStory } from './story.ts';

/** Taking up a chat of 10,000 events, as a process does that has just started. */
export const coldLoad: Part = {
  name: 'cold-load',
  run: async () => {
    const { store, db, close } = onDisk();
    const chat = await longStory(store, 4_000);
    const count = store.load(chatStream(chat)).length;
    const rows = db.prepare<[], { payload: string; sources: string | null; run: string | null }>(
      'SELECT type, schema, payload, at, actor, command, node, sources, run, cause FROM events ORDER BY id',
    );
    const scanned = () =>
      rows.all().map(({ payload, sources, run, ...row }) => ({
        ...row,
        payload: JSON.parse(payload),
        sources: sources === null ? [] : JSON.parse(sources),
        run: run === null ? null : JSON.parse(run),
      }));
    const forget = () => db.exec('DELETE FROM snapshots; UPDATE chats SET frame = NULL');
    const load = () => chatsOf(store).read(chat).story;
    forget();
    for (let warm = 0; warm < 3; warm += 1) [load(), scanned()];
    const without = await interleaved(load, scanned);
    const kept = chatsOf(store).read(chat);
    if (kept.head !== null) store.keep(kept, kept.head);
    const withOne = await interleaved(load, () => {});
    close();
    return [
      compared(
        `cold load of ${count} events without a snapshot, against scan and parse`,
        without,
        0.6,
      ),
      {
        figure: 'the same with a snapshot, against without',
        value: withOne.ours,
        unit: 'ms',
        reference: without.ours,
        ratio: withOne.ours / without.ours,
        goal: 'at most 0.1 of the time without',
        ok: withOne.ours <= without.ours * 0.1,
      },
    ];
  },
};
