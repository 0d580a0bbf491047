import type { APIEmbed } from 'discord.js';
import type { Remembered } from '../../app/ports/store.ts';
import type { EntityId } from '../../engine/ids.ts';
import { isSame } from '../../engine/state/pins.ts';
import type { StoryState } from '../../engine/state/story.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

export const MEMORY_PAGE = 'memories';
const PER_PAGE = 8;
const LINE = 400;
const CHARACTER = 'character:';

/** A page of what a character remembers, the newest first, and the buttons to the others. */
export function memoryList(
  { chat, owner }: { readonly chat: string; readonly owner: EntityId },
  story: StoryState,
  memories: readonly Remembered[],
  page: number,
  { world }: Texts,
) {
  const words = world.memory;
  const pages = Math.max(1, Math.ceil(memories.length / PER_PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const pins = story.pins[owner] ?? [];
  const lines = memories
    .toReversed()
    .slice(at * PER_PAGE, (at + 1) * PER_PAGE)
    .map(({ memory, text, significance }) => {
      const pinned = pins.some((pin) => isSame(pin.memory, memory)) ? ` · ${words.pinned}` : '';
      const weight = '▰'.repeat(significance) + '▱'.repeat(3 - significance);
      return `${weight}${pinned} ${text.slice(0, LINE)}`;
    });
  const embed: APIEmbed = {
    color: ACCENT,
    title: words.title(story.cast[owner]?.name ?? ''),
    description: lines.join('\n\n') || words.none,
    ...(pages === 1 ? {} : { footer: { text: words.page(at + 1, pages) } }),
  };
  const to = (target: number, text: string) => ({
    ...button(
      'Secondary',
      text,
      customId(MEMORY_PAGE, chat, owner.slice(CHARACTER.length), String(target)),
    ),
    disabled: target < 0 || target >= pages,
  });
  const row = buttonRow(to(at - 1, words.previous), to(at + 1, words.next));
  return { embeds: [embed], components: pages === 1 ? [] : [row] };
}
