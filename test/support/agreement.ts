import { type APIMessage, MessageType } from 'discord.js';
import { expect } from 'vitest';
import type { Store } from '../../src/app/ports/store.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { buttonsOf } from './tavern.ts';

interface Reply {
  readonly node: string;
  readonly text: string;
  readonly truncated: boolean;
}

/** What is still to be answered or shown, whatever goes on about memories meanwhile. */
export const owedIn = (store: Store) =>
  store.jobs().filter(({ kind }) => kind !== 'digest' && kind !== 'summary');

/** The replies that a channel's log holds, oldest first. */
export function repliesIn(store: Store, channel: string): Reply[] {
  return store.load(`chat:${store.chatIn(channel)}`).flatMap((event) =>
    event.type === 'ReplyCompleted'
      ? {
          node: event.node ?? '',
          text: event.payload.text,
          truncated: event.payload.truncated,
        }
      : [],
  );
}

/** What a character said there, as people see it: no openings, cards or notices. */
export const spokenIn = (sandbox: Sandbox, channel: string): APIMessage[] =>
  sandbox
    .allMessages(channel)
    .filter(
      ({ content, author, interaction_metadata, type }) =>
        content !== '' &&
        type !== MessageType.ThreadCreated &&
        author.bot === true &&
        !interaction_metadata &&
        !content.includes('Manage Webhooks') &&
        !content.startsWith('-# '),
    );

/**
 * Holds a channel to its log: every reply of its line is there exactly once, whole, in order, no longer to
 * be stopped, and there is nothing besides.
 */
export function expectAgreement(sandbox: Sandbox, store: Store, channel: string): void {
  const spoken = spokenIn(sandbox, channel);
  const byNode = new Map(repliesIn(store, channel).map((reply) => [reply.node, reply]));
  const line = store.transcript(store.chatIn(channel) ?? '', 10_000);
  const replies = line.flatMap(({ node }) => byNode.get(node) ?? []);
  const owned: string[] = [];
  for (const { node, text } of replies) {
    const parts = store.deliveries.parts(node);
    expect(parts.map(({ shown }) => shown?.raw ?? '').join('')).toBe(text);
    for (const { message, shown, pending } of parts) {
      const found = spoken.find(({ id }) => id === message);
      const content = found?.content.replace(/^\*\*[^\n]*\*\*\n/, '');
      expect(content).toBe(shown?.content);
      expect(pending).toBeNull();
      expect(found && Object.keys(buttonsOf(found))).not.toContain('Stop');
      owned.push(message ?? '');
    }
  }
  expect(spoken.map(({ id }) => id)).toEqual(owned);
}
