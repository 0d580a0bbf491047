import type { Chat } from '../engine/chat.ts';
import { type Done, doneBy } from '../engine/drawer/doneByHand.ts';
import type { Viewpoint } from '../engine/drawer/viewpoint.ts';
import { type DomainEvent, evolve } from '../engine/event.ts';
import type { Actor, NodeId } from '../engine/ids.ts';
import { emptyFrame } from '../engine/state/frame.ts';
import { defaultSettings, type Settings } from '../engine/world.ts';
import type { Store } from './ports/store.ts';

/** A step or a setting that a person changed by hand. */
export interface EditDone {
  /** The step that it is; null for a setting, which is no step. */
  readonly node: NodeId | null;
  /** Of the log: names a setting's change. */
  readonly version: number;
  readonly by: Actor;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Each thing that it changed; with the values before and after in the full view alone. */
  readonly done: readonly Done[];
}

/** The newest first: steps of the line, and changes of the settings by when they were made. */
export function editHistory(
  store: Store,
  chat: Chat,
  view: Viewpoint,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): EditDone[] {
  const most = offset + limit;
  const steps = store
    .edits(chat.id, { offset: 0, limit: most })
    .map((node) => toEdit(chat.tree.node(node).own, chat, view, node));
  const settings = configured(store.frameEvents(chat.id, 0)).map(({ event, before }) =>
    toEdit([event], chat, view, null, before),
  );
  return [...steps, ...settings]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.version - a.version))
    .slice(offset, most);
}

/** Each change of the settings, and how they were set before it. */
function configured(events: readonly DomainEvent[]) {
  const found: { readonly event: DomainEvent; readonly before: Settings }[] = [];
  let frame = emptyFrame;
  for (const event of events) {
    if (event.type === 'ChatConfigured') found.push({ event, before: frame.settings });
    frame = evolve<'frame'>(frame, event);
  }
  return found;
}

function toEdit(
  events: readonly DomainEvent[],
  chat: Chat,
  view: Viewpoint,
  node: NodeId | null,
  before = defaultSettings,
): EditDone {
  const [first] = events;
  const done = events.map((event) => doneBy(event, chat.story, before));
  return {
    node,
    version: first?.version ?? 0,
    by: first?.actor ?? 'troupe',
    at: first?.at ?? '',
    done: view.kind === 'full' ? done : done.map((each) => ({ ...each, values: [] })),
  };
}
