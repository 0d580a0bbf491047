import { z } from 'zod';
import type { Envelope } from '../defineEvent.ts';
import { type EntityId, type NodeId, nodeId } from '../ids.ts';
import type { KnownTo, StoryState } from './story.ts';

/** One owner's account of a closed scene. */
export interface SceneSummary {
  /** The node that opened the scene. */
  readonly scene: NodeId;
  readonly text: string;
  readonly significance: number;
  readonly knownTo: KnownTo;
  /** The node that it was written at. */
  readonly summarizedAt: NodeId | null;
}

/** Scene summaries that a state holds for each owner; older ones are read from the store. */
export const KEPT_SUMMARIES = 8;

export const summaryOf = (
  { summaries }: StoryState,
  owner: EntityId,
  scene: NodeId,
): SceneSummary | null => summaries[owner]?.find((each) => each.scene === scene) ?? null;

/** Takes a summary; a new one of the same scene replaces the old. */
export function withSummary(state: StoryState, owner: EntityId, summary: SceneSummary): StoryState {
  const before = state.summaries[owner] ?? [];
  const same = before.findIndex((each) => each.scene === summary.scene);
  const after = same < 0 ? [...before, summary] : before.with(same, summary);
  return { ...state, summaries: { ...state.summaries, [owner]: after.slice(-KEPT_SUMMARIES) } };
}

/**
 * What an owner's summaries at a close came to, in short: the same words again make the same mark,
 * however often they were derived.
 */
export const summaryMark = z.object({ node: nodeId, mark: z.string() });
export type SummaryMark = Readonly<z.infer<typeof summaryMark>>;

/**
 * Whether summaries that were written upon earlier ones still stand on them: once an earlier one is gone
 * or reads otherwise, everything that had read it is left out until it is rebuilt.
 *
 * @param standsOn what was read; null where nothing was, undefined for what a person wrote.
 */
export function stands(
  state: StoryState,
  owner: EntityId,
  standsOn: SummaryMark | null | undefined,
  { node }: Pick<Envelope, 'node'>,
): boolean {
  if (standsOn === undefined) return true;
  const newest = state.summarized[owner] ?? null;
  // Those of one close came of one question.
  return isSameMark(newest, standsOn) || newest?.node === node;
}

export const isSameMark = (a: SummaryMark | null, b: SummaryMark | null): boolean =>
  a?.node === b?.node && a?.mark === b?.mark;

/** Whatever is derived from here on stands on this text, too; what a person wrote is not derived. */
export function withMark(
  state: StoryState,
  owner: EntityId,
  text: string,
  { node, run }: Pick<Envelope, 'node' | 'run'>,
): StoryState {
  if (node === null || run === null) return state;
  const before = state.summarized[owner];
  const mark = hash(`${before?.node === node ? before.mark : ''}\n${text}`);
  return { ...state, summarized: { ...state.summarized, [owner]: { node, mark } } };
}

/** FNV-1a, twice from different beginnings: 64 bits, which tell a few texts apart. */
function hash(text: string): string {
  let [one, two] = [0x811c9dc5, 0xc9dc5118];
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
    two = Math.imul(two ^ text.charCodeAt(at), 0x01000193) ^ (two >>> 15);
  }
  return `${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`;
}
