import { type APIEmbed, escapeMarkdown } from 'discord.js';
import type { Departing, Point } from '../../app/timeTravel.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

const EXCERPT = 300;

/** What a rewind would take from the story, before it does. */
export function rewindCard(goes: Departing, point: Point, { travel }: Texts): APIEmbed {
  const { rewind } = travel;
  const lines = [
    goes.turns > 0 ? rewind.turns(goes.turns) : null,
    goes.scenes > 0 ? rewind.scenes(goes.scenes) : null,
    goes.relationships > 0 ? rewind.relationships(goes.relationships) : null,
    goes.memories > 0 ? rewind.memories(goes.memories) : null,
  ].filter((line) => line !== null);
  return {
    color: ACCENT,
    title: rewind.title,
    description: rewind.question(excerptOf(point)),
    fields: [{ name: rewind.goes, value: lines.join('\n') || rewind.nothing }],
    footer: { text: rewind.footer },
  };
}

function excerptOf({ name, words }: Point): string {
  const line = words.replaceAll(/\s+/g, ' ').trim();
  const short = line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
  return `**${escapeMarkdown(name)}** ${escapeMarkdown(short)}`.trim();
}
