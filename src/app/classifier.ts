import type { z } from 'zod';
import type { ChatId, NodeId } from '../engine/ids.ts';
import type { ModelFailure } from './ports/model.ts';

/** What the classifier can be asked. */
export type QuestionKind = 'digest' | 'scene-summary' | 'kickoff';

/** A part of an answer: its shape, and what stands in where the model gave none that fits. */
export interface Part<S extends z.ZodType> {
  readonly schema: S;
  readonly fallback: z.output<S>;
  /** For a list: elements that do not fit are dropped, and the others stand. */
  readonly element?: z.ZodType;
}

export type Parts = Readonly<Record<string, Part<z.ZodType>>>;
export type Answer<P extends Parts> = { readonly [K in keyof P]: z.output<P[K]['schema']> };

/** What became of an answer that could not be taken as it was, or did not come at all. */
export type ClassifierProblem =
  | ModelFailure
  /** Readable once what was around it was taken away or what was missing was filled in. */
  | 'untidy'
  /** Nothing in it is an answer. */
  | 'no-answer'
  /** Several answers that are not the same. */
  | 'several-answers'
  /** Longer than anything that was asked for. */
  | 'too-long'
  /** Some parts, or elements of them, do not fit; the others stand. */
  | 'bad-parts';

/** One model that did not answer a question as it should. */
export interface ClassifierFailure {
  readonly kind: QuestionKind;
  readonly chat: ChatId;
  readonly node: NodeId | null;
  readonly model: string;
  readonly problem: ClassifierProblem;
  /** Names of the parts that fell to their fallback, or lost elements. */
  readonly parts: readonly string[];
  /** The model's own words, cut after 2,000 characters; the failure's where it said none. */
  readonly raw: string;
  /** Requests made to this model for the question so far. */
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A failure that is kept, and what it goes by. */
export interface NotedFailure extends ClassifierFailure {
  readonly id: number;
}

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
