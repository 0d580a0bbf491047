import { type APIModalInteractionResponseCallbackData, MessageFlags } from 'discord.js';
import { z } from 'zod';
import type { WrittenLore } from '../../app/lore.ts';
import { bookId } from '../../engine/ids.ts';
import type { LoreEntry } from '../../engine/lore/lorebook.ts';
import { customId } from '../customId.ts';
import { homeOf } from '../homeOf.ts';
import { defineModal } from '../modal.ts';
import { LONGEST_TEXT, textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

const FIELDS = {
  name: 200,
  keys: 1_000,
  secondaryKeys: 1_000,
  content: LONGEST_TEXT,
  knownBy: 1_000,
};
type Field = keyof typeof FIELDS;

/** In place of a book or an entry that is to be made. */
const NEW = '-';
const orNew = z.union([bookId, z.literal(NEW)]);

/** What a command said besides what a form asks: whether always, how likely, how high, how far back. */
const figures = z.string().regex(/^[yn]?(\.(-?\d{1,6})?){3}$/);

function figuresIn(text: string): WrittenLore {
  const [constant, probability, order, scanDepth] = text.split('.');
  return {
    ...(constant ? { constant: constant === 'y' } : {}),
    ...(probability ? { probability: Number(probability) } : {}),
    ...(order ? { order: Number(order), priority: Number(order) } : {}),
    ...(scanDepth ? { scanDepth: Number(scanDepth) } : {}),
  };
}

/** Writes an entry of a lorebook. */
export const lore = defineModal({
  name: 'lore',
  args: z.tuple([orNew, orNew, figures]),
  async execute(interaction, [book, entry, set], { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const text = (field: Field) => interaction.fields.getTextInputValue(field).trim();
    const list = (field: Field) =>
      text(field)
        .split(/[,\n]/)
        .map((each) => each.trim())
        .filter(Boolean);
    const content = text('content');
    const written = {
      ...figuresIn(set),
      name: text('name'),
      keys: list('keys'),
      secondaryKeys: list('secondaryKeys'),
      // A text that no form holds is kept where it is left empty.
      ...(content === '' && entry !== NEW ? {} : { content }),
      knownBy: list('knownBy'),
    };
    const home = homeOf(interaction);
    const asked = askedBy(interaction);
    const words = textsFor(interaction.locale).lore;
    const id = book === NEW ? troupe.lore.begin(home, words.unnamed, asked) : book;
    const done = troupe.lore.write(home, id, entry === NEW ? null : entry, written, asked);
    const { name } = troupe.lore.find(home, id, asked.by).book;
    const title = done.name || done.keys.join(', ') || words.unnamed;
    await interaction.editReply(words.written(title, name || words.unnamed));
  },
});

export function loreForm(
  book: string | null,
  entry: LoreEntry | null,
  set: string,
  { lore: words }: Texts,
): APIModalInteractionResponseCallbackData {
  const fields = Object.entries(FIELDS) as [Field, number][];
  return {
    custom_id: customId(lore.name, book ?? NEW, entry?.id ?? NEW, set),
    title: entry === null ? words.form.add : words.form.edit,
    components: fields.map(([field, most]) => {
      const known = entry?.[field] ?? '';
      const text = typeof known === 'string' ? known : known.join(', ');
      const fits = text.length <= most;
      return textField({
        id: field,
        label: words.fields[field],
        hint: words.hints[field],
        value: fits ? text : '',
        most,
        lines: field === 'content' ? 'several' : 'one',
        required: field === 'content' && fits,
      });
    }),
  };
}
