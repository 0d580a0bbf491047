import type { z } from 'zod';
import type { ChatId, NodeId } from '../engine/ids.ts';

/** What the classifier can be asked. */
export type QuestionKind =
  | 'digest'
  | 'scene-summary'
  | 'relationship-summary'
  | 'segments'
  | 'kickoff';

/** A part of an answer: its shape, and what stands in where the model gave none that fits. */
export interface Part<S extends z.ZodType> {
  readonly schema: S;
  readonly fallback: z.output<S>;
  /** For a list: elements that do not fit are dropped, and the others stand. */
  readonly element?: z.ZodType;
}

export type Parts = Readonly<Record<string, Part<z.ZodType>>>;
export type Answer<P extends Parts> = { readonly [K in keyof P]: z.output<P[K]['schema']> };

export interface Question<P extends Parts> {
  readonly kind: QuestionKind;
  readonly chat: ChatId;
  /** What it is about, for the record of failures. */
  readonly node: NodeId | null;
  /** What is to be found, in Troupe's own words. */
  readonly instructions: string;
  /** Texts of users, cards and models: data, fenced and named so, and never an instruction. */
  readonly material: readonly { readonly name: string; readonly text: string }[];
  readonly parts: P;
}

/**
 * Asks a model for a structured answer. Every part is checked on its own: one that does not fit falls
 * to its fallback, and the others stand. What the model does wrong never throws; it is recorded.
 */
export interface Classifier {
  /** @throws {ModelError} only for what may go away by itself (`unavailable`, `rate-limited`, `timed-out`), so that a job can be put back. */
  ask<const P extends Parts>(question: Question<P>, signal?: AbortSignal): Promise<Answer<P>>;
}
