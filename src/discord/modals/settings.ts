import type { APIModalInteractionResponseCallbackData, ModalSubmitInteraction } from 'discord.js';
import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import { Refusal } from '../../engine/refusal.ts';
import { type Settings, settings as settingsShape } from '../../engine/world.ts';
import { customId } from '../customId.ts';
import { type Part, parts, settingsCard } from '../embeds/settingsCard.ts';
import { defineModal } from '../modal.ts';
import { LONGEST_TEXT, textField } from '../textField.ts';
import { type Texts, textsFor } from '../texts.ts';
import { askedBy, storyHere } from '../viewerOf.ts';

type Field = keyof Texts['chats']['settings']['fields'];

/** The fields of each part; those that take several lines. */
const FIELDS: Record<Part, readonly Field[]> = {
  note: ['note', 'depth'],
  instructions: ['instructions'],
  sampling: ['temperature', 'topP', 'penalties', 'maxTokens', 'stop'],
  budget: ['soft', 'hard'],
};
const LONG: readonly Field[] = ['note', 'instructions', 'stop'];

/** Changes a part of a story's settings; what is left blank is as the bot is set up. */
export const settings = defineModal({
  name: 'settings',
  args: z.tuple([chatId, z.enum(parts)]),
  ofStory: true,
  async execute(interaction, [chat, part], { troupe }) {
    const changed = settingsShape.partial().safeParse(read(interaction, part));
    if (!changed.success) {
      const field = changed.error.issues[0]?.path.at(-1) ?? part;
      throw new Refusal('bad-setting', { field: String(field) });
    }
    await interaction.deferUpdate();
    const asked = askedBy(interaction);
    await troupe.storylines.configure(chat, changed.data, asked);
    const now = troupe.reading.settingsOf(chat, asked.by);
    const { name } = storyHere(troupe, interaction.channelId);
    await interaction.editReply(settingsCard(chat, name, now, textsFor(interaction.locale)));
  },
});

export function settingsForm(
  chat: string,
  part: Part,
  now: Settings,
  { chats }: Texts,
): APIModalInteractionResponseCallbackData {
  const values = valuesOf(now);
  return {
    custom_id: customId(settings.name, chat, part),
    title: chats.settings[part].slice(0, 45),
    components: FIELDS[part].map((field) =>
      textField({
        id: field,
        label: chats.settings.fields[field],
        value: values[field],
        most: LONG.includes(field) ? LONGEST_TEXT : 20,
      }),
    ),
  };
}

function valuesOf({
  authorsNote,
  instructions,
  sampling,
  budget,
}: Settings): Record<Field, string> {
  const { temperature, topP, maxTokens, stop, frequencyPenalty, presencePenalty } = sampling ?? {};
  const both = [frequencyPenalty, presencePenalty].some((each) => each !== undefined);
  return {
    note: authorsNote?.text ?? '',
    depth: authorsNote === null ? '' : String(authorsNote.depth),
    instructions: instructions ?? '',
    temperature: temperature === undefined ? '' : String(temperature),
    topP: topP === undefined ? '' : String(topP),
    penalties: both ? `${frequencyPenalty ?? 0} ${presencePenalty ?? 0}` : '',
    maxTokens: maxTokens === undefined ? '' : String(maxTokens),
    stop: stop?.join('\n') ?? '',
    soft: budget === null ? '' : String(budget.soft),
    hard: budget === null ? '' : String(budget.hard),
  };
}

/** What was filled in, to be parsed; a number that is none stays the text that it is. */
function read(interaction: ModalSubmitInteraction, part: Part): unknown {
  const text = (field: Field) => interaction.fields.getTextInputValue(field).trim();
  const number = (value: string) =>
    value === '' ? undefined : Number.isNaN(Number(value)) ? value : Number(value);
  switch (part) {
    case 'note': {
      const note = text('note');
      return {
        authorsNote: note === '' ? null : { text: note, depth: number(text('depth')) ?? 4 },
      };
    }
    case 'instructions':
      return { instructions: text('instructions') || null };
    case 'sampling': {
      const [frequencyPenalty, presencePenalty = frequencyPenalty] = text('penalties')
        .split(/[\s;]+/)
        .filter(Boolean)
        .map(number);
      const stop = text('stop').split('\n').filter(Boolean);
      const set = {
        temperature: number(text('temperature')),
        topP: number(text('topP')),
        frequencyPenalty,
        presencePenalty,
        maxTokens: number(text('maxTokens')),
        stop: stop.length === 0 ? undefined : stop,
      };
      const given = Object.entries(set).filter(([, value]) => value !== undefined);
      return { sampling: given.length === 0 ? null : Object.fromEntries(given) };
    }
    case 'budget': {
      const [soft, hard] = [number(text('soft')), number(text('hard'))];
      if (soft === undefined && hard === undefined) return { budget: null };
      const bound =
        typeof soft === 'number'
          ? z
              .number()
              .min(soft)
              .safeParse(hard ?? soft)
          : null;
      if (bound?.success === false) throw new Refusal('bad-setting', { field: 'hard' });
      return { budget: { soft: soft ?? hard, hard: hard ?? soft } };
    }
  }
}
