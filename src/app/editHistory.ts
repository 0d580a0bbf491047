import type { Chat } from '../engine/chat.ts';
import type { Viewpoint } from '../engine/drawer/viewpoint.ts';
import { type DomainEvent, label } from '../engine/event.ts';
import type { Actor, NodeId } from '../engine/ids.ts';
import type { Store } from './ports/store.ts';

/** Something that a person changed by hand. */
export interface EditDone {
  /** The step that it is; null for a setting, which is no step. */
  readonly node: NodeId | null;
  /** Of the log: names a setting's change. */
  readonly version: number;
  readonly by: Actor;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** One line for each thing that it changed. */
  readonly labels: readonly string[];
  /** What was there and what came of it, as far as it can be told in words; null but for the full view. */
  readonly change: { readonly before: string | null; readonly after: string | null } | null;
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
  const settings = store
    .frameEvents(chat.id, 0)
    .filter(({ type }) => type === 'ChatConfigured')
    .map((event) => toEdit([event], chat, view, null));
  return [...steps, ...settings]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.version - a.version))
    .slice(offset, most);
}

function toEdit(
  events: readonly DomainEvent[],
  chat: Chat,
  view: Viewpoint,
  node: NodeId | null,
): EditDone {
  const [first] = events;
  const { cast } = chat.story;
  const names = (entity: string) => cast[entity]?.name ?? '';
  const last = events.at(-1);
  return {
    node,
    version: first?.version ?? 0,
    by: first?.actor ?? 'troupe',
    at: first?.at ?? '',
    labels: events.map((event) => label(event, names)),
    change: view.kind === 'full' && last !== undefined ? changeOf(last) : null,
  };
}

function changeOf({ type, payload }: DomainEvent): EditDone['change'] {
  switch (type) {
    case 'RelationshipSummarized':
      return { before: payload.before, after: payload.summary };
    case 'SceneSummarized':
    case 'MemoryRevised':
      return { before: payload.before, after: payload.text };
    case 'MemoryForgotten':
      return { before: payload.before, after: null };
    case 'MemoryWritten':
      return { before: null, after: payload.text };
    case 'WeatherChanged':
      return { before: null, after: payload.weather };
    default:
      return null;
  }
}
