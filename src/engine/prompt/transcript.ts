import type { EntityId } from '../ids.ts';
import { perceived } from '../segments.ts';
import type { StoryState, UserTurn } from '../state/story.ts';

/** One step of the story as a model reads it. */
export interface Line {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/**
 * The kept turns as `character` perceived them: its own words as its answers, everyone else's under
 * their names; what is out of character, and replies without words, left out.
 */
export function transcript(story: StoryState, character: EntityId): Line[] {
  const lines: Line[] = [];
  for (const turn of story.turns) {
    if (turn.hiddenFrom?.includes(character)) continue;
    if (turn.kind === 'user') {
      const text = spoken(turn);
      if (text !== '') lines.push({ role: 'user', text: `${nameOf(story, turn.by)}: ${text}` });
      continue;
    }
    if (turn.text === '') continue;
    if (turn.by === character) lines.push({ role: 'assistant', text: turn.text });
    else lines.push({ role: 'user', text: `${nameOf(story, turn.by)}: ${turn.text}` });
  }
  return lines;
}

function spoken(turn: UserTurn): string {
  const parts = [];
  const said = perceived(turn.segments);
  if (turn.quote !== null) parts.push(`[about ${turn.quote.by}'s words "${turn.quote.text}"]`);
  if (said !== '') parts.push(said);
  if (turn.attachments.length > 0) {
    parts.push(`[shows: ${turn.attachments.map((each) => each.name).join(', ')}]`);
  }
  return said === '' && turn.attachments.length === 0 ? '' : parts.join(' ');
}

const nameOf = (story: StoryState, entity: EntityId): string =>
  story.cast[entity]?.name ?? 'Someone';
