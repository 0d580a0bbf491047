import type { APIEmbed } from 'discord.js';
import type { Receipt } from '../../engine/prompt/assemblePrompt.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

const BAR = 10;

/** What a prompt is made of, a line and a bar for each part, and what was left out of it. */
export function contextCard(name: string, receipt: Receipt, { world }: Texts): APIEmbed {
  const words = world.context;
  const total = Math.max(1, receipt.tokens);
  const lines = receipt.sections.map((section) => {
    const share = section.tokens / total;
    const filled = Math.round(share * BAR);
    const bar = '▰'.repeat(filled) + '▱'.repeat(BAR - filled);
    return `${bar} **${section.name}** ${words.tokens(section.tokens, Math.round(share * 100))}`;
  });
  const left = receipt.trimmed.map((trimmed) => words.left(trimmed.name));
  return {
    color: ACCENT,
    title: words.title(name),
    description: [...lines, ...(left.length === 0 ? [] : ['', ...left])].join('\n').slice(0, 4_096),
    footer: { text: words.total(receipt.tokens) },
  };
}
