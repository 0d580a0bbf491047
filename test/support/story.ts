import { Chat } from '../../src/engine/chat.ts';
import { beginChat } from '../../src/engine/deciders/beginChat.ts';
import { type DomainEvent, type NewEvent, parseEvent, schemaOf } from '../../src/engine/event.ts';
import { noAnswer, proposalOf } from '../../src/engine/kickoff/proposal.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';

/** What the log makes of new events, for tests of the engine alone. */
export function recorded(chat: Chat, events: readonly NewEvent[]): DomainEvent[] {
  return events.map((event, index) =>
    parseEvent({
      stream: `chat:${chat.id}`,
      version: chat.version + index + 1,
      type: event.type,
      schema: schemaOf(event.type),
      payload: JSON.parse(JSON.stringify(event.payload)),
      at: '2026-11-21T10:00:00.000Z',
      actor: 'troupe',
      command: `c${chat.version}`,
      node: 'node' in event ? event.node : null,
      sources: ('sources' in event && event.sources) || [],
      run: ('run' in event && event.run) || null,
      cause: event.cause ?? null,
    }),
  );
}

export function given(events: readonly NewEvent[], chat = new Chat('c1')): Chat {
  for (const event of recorded(chat, events)) chat.apply(event);
  return chat;
}

export const MIRA = 'character:mira';
export const ANN = 'user:100000000000000002';

/** The opening of a story with the example's character. */
export const opening = {
  home: '100000000000000001',
  owner: ANN,
  guest: 'Ann',
  channel: '100000000000000003',
  guild: '100000000000000001',
  place: 'place:p1',
  sheets: { [MIRA]: exampleSheet },
  card: {
    ...proposalOf(
      [
        {
          entity: MIRA,
          authored: { sheet: exampleSheet, author: ANN, revision: 1, retired: false },
        },
      ],
      noAnswer,
      { place: 'Somewhere', time: 'Now' },
    ),
    alternateGreetings: [],
  },
};

/** A story whose character has greeted. */
export const begun = (): NewEvent[] =>
  beginChat({ ...opening, nodes: { kickoff: 'k', greetings: ['g'] } });

export const said = (node: string, text: string): NewEvent => ({
  type: 'UserSpoke',
  node,
  payload: {
    by: ANN,
    to: null,
    message: '100000000000000009',
    text,
    segments: [{ kind: 'dialogue', text }],
    quote: null,
    attachments: [],
  },
});

export const replied = (node: string, text: string, answers: string[] = []): NewEvent[] => [
  { type: 'ReplyStarted', node, payload: { by: MIRA, to: null, answers, note: null } },
  {
    type: 'ReplyCompleted',
    node,
    payload: { by: MIRA, text, finish: 'stop', truncated: false, model: null, usage: null },
  },
];

export const texts = (chat: Chat): string[] =>
  chat.story.turns.map((turn) =>
    turn.kind === 'user' ? turn.segments.map((each) => each.text).join(' ') : turn.text,
  );
