import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { z } from 'zod';
import type { Draft } from '../../app/casting.ts';
import { snowflake } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import type { Bot } from '../bot.ts';
import { customId } from '../customId.ts';
import { draftCard, type Part, parts } from '../embeds/draftCard.ts';
import { fetchAttachment } from '../fetchAttachment.ts';
import { defineModal } from '../modal.ts';
import { standingOf } from '../standing.ts';
import { LONGEST_TEXT, textField } from '../textField.ts';
import { refusalsFor, type Texts, textsFor } from '../texts.ts';
import { nameOf } from '../viewerOf.ts';

type Field = keyof Texts['characters']['fields'];

/** The texts of each part with the length that they may have; longer ones take several lines. */
const FIELDS: Record<Part, Partial<Record<Field, number>>> = {
  basics: { name: 80, pronouns: 40, summary: 90, persona: LONGEST_TEXT, colour: 7 },
  opening: {
    kickoff: LONGEST_TEXT,
    place: 100,
    time: 100,
    greeting: LONGEST_TEXT,
    alternateGreetings: LONGEST_TEXT,
  },
  voice: { traits: 1_600, voice: LONGEST_TEXT, backstory: LONGEST_TEXT, relationship: 2_000 },
  ways: { frame: LONGEST_TEXT, instructions: LONGEST_TEXT },
  picture: {},
};
const REQUIRED: readonly Field[] = ['name'];
const MARKDOWN = 'markdown';
const PICTURE = 'picture';

/** Fills in a part of a character that is being written. What fits is kept, whatever else does not. */
export const sheet = defineModal({
  name: 'sheet',
  args: z.tuple([snowflake, z.enum(parts)]),
  async execute(interaction, [id, part], bot) {
    await interaction.deferUpdate();
    const { casting } = bot.troupe;
    const { person } = standingOf(interaction);
    const refused: { why: Refusal; text: string }[] = [];
    for (const [field, text] of filledIn(interaction, part, casting.draft(id, person))) {
      try {
        casting.fill(id, person, { [field]: meant(field, text) });
      } catch (why) {
        if (!(why instanceof Refusal) || why.code !== 'broken-sheet') throw why;
        refused.push({ why, text });
      }
    }
    if (part === 'picture') await paint(interaction, id, bot);
    const draft = casting.draft(id, person);
    const view = { id, draft, picture: casting.pictureOf(draft), viewer: nameOf(interaction) };
    await interaction.editReply(draftCard(view, textsFor(interaction.locale)));
    for (const { why, text } of refused) {
      await interaction.followUp({
        content: refusalsFor(interaction.locale)[why.code](why.details),
        files: [{ name: 'what-you-wrote.txt', attachment: Buffer.from(text) }],
        flags: MessageFlags.Ephemeral,
      });
    }
  },
});

async function paint(interaction: ModalSubmitInteraction, id: string, { client, troupe }: Bot) {
  const file = interaction.fields.getUploadedFiles(PICTURE)?.first();
  if (file === undefined) return;
  const bytes = await fetchAttachment(client, file);
  await troupe.casting.paint(id, standingOf(interaction).person, bytes);
}

export function sheetForm(
  id: string,
  part: Part,
  draft: Draft,
  { characters: words }: Texts,
): APIModalInteractionResponseCallbackData {
  const label = (field: Field, component: object) => ({
    type: ComponentType.Label,
    label: words.fields[field],
    ...(words.hints[field] === undefined ? {} : { description: words.hints[field] }),
    component,
  });
  const texts = Object.entries(FIELDS[part]).map(([name, most]) => {
    const field = name as Field;
    const text = textOf(draft, field);
    const fits = text.length <= most;
    return textField({
      id: field,
      label: words.fields[field],
      hint: words.hints[field],
      value: fits ? text : '',
      placeholder: fits ? '' : words.tooLongForForm(text.length),
      most,
      required: REQUIRED.includes(field),
    });
  });
  const markdown = label('markdown', {
    type: ComponentType.StringSelect,
    custom_id: MARKDOWN,
    options: (['no', 'yes'] as const).map((value) => ({
      label: words.markdown[value],
      value,
      default: (value === 'yes') === (draft.sheet.markdown === true),
    })),
  });
  const picture = label('picture', {
    type: ComponentType.FileUpload,
    custom_id: PICTURE,
    min_values: 1,
    max_values: 1,
    required: true,
  });
  const more = part === 'ways' ? [markdown] : part === 'picture' ? [picture] : [];
  return {
    custom_id: customId(sheet.name, id, part),
    title: words.parts[part],
    components: [...texts, ...more],
  } as APIModalInteractionResponseCallbackData;
}

const LISTS: Partial<Record<Field, { readonly apart: RegExp; readonly between: string }>> = {
  traits: { apart: /,/, between: ', ' },
  voice: { apart: /\n/, between: '\n' },
  alternateGreetings: { apart: /^\s*-{3,}\s*$/m, between: '\n---\n' },
};

/** A part of a draft as a form shows it. */
function textOf({ sheet: known }: Draft, field: Field): string {
  const value = (known as Record<string, unknown>)[field] ?? '';
  const { between } = LISTS[field] ?? { between: '' };
  return Array.isArray(value) ? value.join(between) : String(value);
}

/** What was written into a form, but for long texts that were left as they are. */
function filledIn(interaction: ModalSubmitInteraction, part: Part, draft: Draft) {
  const given = Object.entries(FIELDS[part]).flatMap(([name, most]): [Field, string][] => {
    const field = name as Field;
    const text = interaction.fields.getTextInputValue(field).trim();
    const isKept = text === '' && textOf(draft, field).length > most;
    const isUntouched = text === textOf(draft, field).trim();
    return isKept || isUntouched ? [] : [[field, text]];
  });
  if (part !== 'ways') return given;
  const [markdown = 'no'] = interaction.fields.getStringSelectValues(MARKDOWN);
  return [...given, ['markdown', markdown] as [Field, string]];
}

function meant(field: Field, text: string): unknown {
  const list = LISTS[field];
  if (list !== undefined) {
    return text
      .split(list.apart)
      .map((each) => each.trim())
      .filter(Boolean);
  }
  if (field === 'markdown') return text === 'yes';
  return (field === 'frame' || field === 'instructions') && text === '' ? null : text;
}
