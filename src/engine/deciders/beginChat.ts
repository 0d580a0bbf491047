import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { EntityId, HomeId, NodeId, PlaceId } from '../ids.ts';
import type { KickoffCard } from '../kickoff/kickoffCard.ts';
import { firstWordsOf } from '../kickoff/kickoffForm.ts';
import { fillMacros } from '../macros.ts';
import type { Sheet } from '../sheet.ts';
import { namedPlace } from '../world.ts';

export interface BeginChat extends Kickoff {
  readonly home: HomeId;
  /** Null for a story that gets its channel later. */
  readonly channel: string | null;
  readonly guild: string | null;
}

export interface Kickoff {
  readonly card: KickoffCard;
  /** The sheets of those who play, by the revisions that the card names. */
  readonly sheets: Readonly<Record<EntityId, Sheet>>;
  readonly owner: EntityId;
  /** What whoever begins the story goes by. */
  readonly guest: string;
  readonly place: PlaceId;
  /** The root, and the replies that hold the greetings: the one that stands first, then the others. */
  readonly nodes: { readonly kickoff: NodeId; readonly greetings: readonly NodeId[] };
}

/** A chat, bound to its channel where it has one: its kickoff is the root, and the character speaks first. */
export function beginChat(command: BeginChat): NewEvent[] {
  const { card, owner, home, channel, guild, sheets } = command;
  const name = `${sheets[card.character]?.name ?? ''} · ${card.place}`;
  return [
    { type: 'ChatCreated', payload: { home, name, owner, card } },
    ...(channel === null ? [] : [{ type: 'ChatBound' as const, payload: { channel, guild } }]),
    ...kickoff(command),
  ];
}

/**
 * Plays the kickoff of a story again that stands before it, with its cast as it was last played.
 * Elsewhere nothing happens.
 */
export function replayKickoff(
  { guest, place, nodes }: Pick<Kickoff, 'guest' | 'place' | 'nodes'>,
  chat: Chat,
): NewEvent[] {
  const { card, owner, left } = chat.frame;
  if (chat.head !== null || card === null) return [];
  const { cast } = chat.stateAt(left.at(-1) ?? null);
  const playing = Object.values(cast).filter(({ sheet }) => sheet !== null);
  const sheets = Object.fromEntries(playing.map(({ entity, sheet }) => [entity, sheet as Sheet]));
  const played = <C extends { readonly character: EntityId; readonly revision: number }>(
    one: C,
  ): C => ({
    ...one,
    revision: cast[one.character]?.revision ?? one.revision,
  });
  const now = { ...played(card), others: card.others.map(played) };
  return kickoff({ card: now, sheets, owner, guest, place, nodes });
}

/** The story's first steps, as they are taken when it begins and again after a reset. */
export function kickoff({ card, sheets, owner, guest, place, nodes }: Kickoff): NewEvent[] {
  const { kickoff: node, greetings } = nodes;
  const cast = [card, ...card.others].flatMap(({ character, revision }) => {
    const sheet = sheets[character];
    return sheet === undefined ? [] : [{ entity: character, name: sheet.name, sheet, revision }];
  });
  const opening: NewEvent[] = [
    { type: 'PlaceCreated', node, payload: { id: place, place: namedPlace(card.place) } },
    ...cast.map((payload): NewEvent => ({ type: 'EntityEntered', node, payload })),
    // Whoever begins it is there from its first words on.
    {
      type: 'EntityEntered',
      node,
      payload: { entity: owner, name: guest, sheet: null, revision: null },
    },
    {
      type: 'SceneOpened',
      node,
      payload: {
        place,
        time: card.time,
        opening: filled(card.kickoff, card, sheets, guest),
        participants: [...cast.map(({ entity }) => entity), owner],
      },
    },
    ...card.activities.map(({ entity, posture, verb }): NewEvent => {
      const action =
        verb === null
          ? null
          : { verb, interruptible: true, attentionNeeded: 'some' as const, expectedDuration: null };
      const changes = { ...(posture !== null && { posture }), ...(action !== null && { action }) };
      return { type: 'ActivityChanged', node, payload: { entity, changes, before: null } };
    }),
    ...card.seeds.map(({ entity: from, ...standing }): NewEvent => {
      const summary = filled(standing.summary, { ...card, character: from }, sheets, guest);
      return {
        type: 'RelationshipSeeded',
        node,
        payload: { from, to: owner, ...standing, summary },
      };
    }),
  ];
  if (card.anchor !== null) {
    const { anchor } = card;
    opening.push({ type: 'ClockAdvanced', node, payload: { minutes: 0, anchor } });
  }
  if (card.weather !== null) {
    opening.push({ type: 'WeatherChanged', node, payload: { weather: card.weather } });
  }
  const texts = firstWordsOf(card).map((text) => filled(text, card, sheets, guest));
  return [...opening, ...greet(card.character, texts, node, greetings)];
}

/** Every greeting is a variant of the first reply; the head stands at the first of them. */
function greet(
  by: EntityId,
  texts: readonly string[],
  kickoffNode: NodeId,
  nodes: readonly NodeId[],
): NewEvent[] {
  const first = nodes[0];
  const events = texts.flatMap((text, index): NewEvent[] => {
    const node = nodes[index];
    if (node === undefined) return [];
    const before = nodes[index - 1];
    const result = { finish: 'authored', truncated: false, model: null, usage: null } as const;
    return [
      ...(before === undefined ? [] : [moved(before, kickoffNode)]),
      { type: 'ReplyStarted', node, payload: { by, to: null, answers: [], note: null } },
      { type: 'ReplyCompleted', node, payload: { by, text, ...result } },
    ];
  });
  const last = nodes[texts.length - 1];
  const back = texts.length > 1 && last !== undefined && first !== undefined;
  return back ? [...events, moved(last, first)] : events;
}

const moved = (from: NodeId, to: NodeId): NewEvent => ({
  type: 'HeadMoved',
  payload: { from, to, why: 'variant' },
});

function filled(
  text: string,
  { character }: KickoffCard,
  sheets: Kickoff['sheets'],
  guest: string,
): string {
  return fillMacros(text, { char: sheets[character]?.name ?? '', user: guest });
}
