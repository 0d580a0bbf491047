import type { APIEmbed } from 'discord.js';
import type { Storyline } from '../../app/ports/store.ts';
import { isCharacter } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

const PER_PAGE = 10;
export const STORY_PAGE = 'stories';

/** A page of the stories that someone may know of, and the buttons to the others. */
export function storyList(stories: readonly Storyline[], page: number, { chats }: Texts) {
  const pages = Math.max(1, Math.ceil(stories.length / PER_PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = stories.slice(at * PER_PAGE, (at + 1) * PER_PAGE);
  const lines = shown.map(({ name, participants, playedAt, channel, archived }) => {
    const characters = participants
      .filter(({ entity }) => isCharacter(entity))
      .map((each) => each.name)
      .join(', ');
    const waits = archived ? chats.putAway : chats.waits;
    const where = channel === null ? waits : `<#${channel}>`;
    return chats.listEntry(name, characters, Math.floor(Date.parse(playedAt) / 1_000), where);
  });
  const embed: APIEmbed = {
    color: ACCENT,
    title: chats.listTitle,
    description: lines.join('\n\n').slice(0, 4_096) || chats.listEmpty,
    ...(pages === 1 ? {} : { footer: { text: chats.listFooter(at + 1, pages) } }),
  };
  const to = (target: number, text: string) => ({
    ...button('Secondary', text, customId(STORY_PAGE, String(target))),
    disabled: target < 0 || target >= pages,
  });
  const row = buttonRow(to(at - 1, chats.previous), to(at + 1, chats.next));
  return { embeds: [embed], components: pages === 1 ? [] : [row] };
}
