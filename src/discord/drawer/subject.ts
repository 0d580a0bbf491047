import { markOf } from '../../engine/drawer/mark.ts';
import type { RelationshipSeen } from '../../engine/drawer/relationshipsView.ts';
import type { EntityId, NodeId } from '../../engine/ids.ts';
import type { DrawerContext } from './tab.ts';

/** Names in the drawer's custom ids: a custom id has no room for whole ones. */
export const refOf = (entity: EntityId): string => markOf(entity);

type Pair = Pick<RelationshipSeen, 'from' | 'to'>;
export const pairRef = ({ from, to }: Pair): string => `${refOf(from)}-${refOf(to)}`;

/** What an owner has at a node: a memory, or a summary of the scene that began there. */
export interface Owned {
  readonly node: NodeId;
  readonly owner: EntityId;
}
export const ownedRef = ({ node, owner }: Owned): string => `${node}.${refOf(owner)}`;

/** Each is null for what is not there, or not theirs to know who look. */
export const memberAt = ({ troupe, where, view }: DrawerContext) =>
  troupe.drawer.cast(where.chat, view).members.find(({ entity }) => refOf(entity) === where.of) ??
  null;

export function pairAt({ troupe, where, view }: DrawerContext): RelationshipSeen | null {
  const { members } = troupe.drawer.cast(where.chat, view);
  const [pair = ''] = where.of.split('.');
  const [from, to] = pair.split('-').map((ref) => ownerBy(members, ref));
  return from && to ? troupe.drawer.relationship(where.chat, { from, to }, view) : null;
}

/** A fact of a relationship, by its mark. */
export const factRef = (pair: Pair, mark: string): string => `${pairRef(pair)}.${mark}`;
export const factAt = (context: DrawerContext) =>
  pairAt(context)?.facts.find(({ mark }) => mark === context.where.of.split('.')[1]) ?? null;

export function ownedAt({ troupe, where, view }: DrawerContext): Owned | null {
  const dot = where.of.lastIndexOf('.');
  if (dot < 0) return null;
  const owner = ownerBy(troupe.drawer.cast(where.chat, view).members, where.of.slice(dot + 1));
  return owner === null ? null : { node: where.of.slice(0, dot), owner };
}

export const ownerBy = (
  members: readonly { readonly entity: EntityId }[],
  ref: string,
): EntityId | null => members.find(({ entity }) => refOf(entity) === ref)?.entity ?? null;
