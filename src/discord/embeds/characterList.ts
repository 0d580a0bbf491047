import { type APIEmbed, escapeMarkdown } from 'discord.js';
import type { Listed } from '../../app/casting.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

const PER_PAGE = 10;
export const CHARACTER_PAGE = 'characters';

/** A page of a home's characters, under the headings that they belong to. */
export function characterList(all: readonly Listed[], page: number, { characters: words }: Texts) {
  const pages = Math.max(1, Math.ceil(all.length / PER_PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = all.slice(at * PER_PAGE, (at + 1) * PER_PAGE);
  const kind = ({ own, retired }: Listed) => (retired ? 'retired' : own ? 'own' : 'others');
  const fields = (['own', 'others', 'retired'] as const).flatMap((heading) => {
    const lines = shown.filter((each) => kind(each) === heading).map((each) => line(each, words));
    return lines.length === 0 ? [] : [{ name: words.list[heading], value: lines.join('\n') }];
  });
  const embed: APIEmbed = {
    color: ACCENT,
    title: words.list.title,
    ...(fields.length === 0 ? { description: words.list.empty } : { fields }),
    ...(pages === 1 ? {} : { footer: { text: words.list.page(at + 1, pages) } }),
  };
  const to = (target: number, text: string) => ({
    ...button('Secondary', text, customId(CHARACTER_PAGE, String(target))),
    disabled: target < 0 || target >= pages,
  });
  const row = buttonRow(to(at - 1, words.list.previous), to(at + 1, words.list.next));
  return { embeds: [embed], components: pages === 1 ? [] : [row] };
}

// Ten lines are at most 1,024 characters: a field's limit.
const LINE = 100;

function line({ name, summary, adult }: Listed, words: Texts['characters']): string {
  const bold = `**${escapeMarkdown(name.slice(0, 40))}**`;
  const rest = [summary, adult ? words.show.adult : ''].filter(Boolean).join(' · ');
  return rest === '' ? bold : `${bold} · ${shorten(rest, LINE - bold.length - 3)}`;
}
