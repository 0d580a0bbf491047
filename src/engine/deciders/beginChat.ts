import type { NewEvent } from '../event.ts';
import type { EntityId, HomeId, NodeId, PlaceId } from '../ids.ts';
import type { AuthoredCharacter } from '../state/home.ts';
import { namedPlace } from '../world.ts';

export interface BeginChat {
  readonly home: HomeId;
  readonly owner: EntityId;
  readonly character: EntityId;
  readonly authored: AuthoredCharacter;
  readonly channel: string;
  readonly guild: string | null;
  readonly place: PlaceId;
  /** The root, and the reply that holds the greeting. */
  readonly nodes: { readonly kickoff: NodeId; readonly greeting: NodeId };
}

/** A chat, bound to its channel: its kickoff is the root, and the character speaks first. */
export function beginChat(command: BeginChat): NewEvent[] {
  const { character, authored, nodes, place } = command;
  const { sheet, revision } = authored;
  const { kickoff, greeting } = nodes;
  return [
    {
      type: 'ChatCreated',
      payload: {
        home: command.home,
        name: `${sheet.name} · ${sheet.place}`,
        owner: command.owner,
        card: {
          character,
          revision,
          kickoff: sheet.kickoff,
          place: sheet.place,
          time: sheet.time,
          greeting: sheet.greeting,
        },
      },
    },
    { type: 'ChatBound', payload: { channel: command.channel, guild: command.guild } },
    { type: 'PlaceCreated', node: kickoff, payload: { id: place, place: namedPlace(sheet.place) } },
    {
      type: 'EntityEntered',
      node: kickoff,
      payload: { entity: character, name: sheet.name, sheet, revision },
    },
    {
      type: 'SceneOpened',
      node: kickoff,
      payload: { place, time: sheet.time, opening: sheet.kickoff, participants: [character] },
    },
    { type: 'ReplyStarted', node: greeting, payload: { by: character, to: null, answers: [] } },
    {
      type: 'ReplyCompleted',
      node: greeting,
      payload: {
        by: character,
        text: sheet.greeting,
        finish: 'authored',
        truncated: false,
        model: null,
        usage: null,
      },
    },
  ];
}
