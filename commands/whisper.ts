import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { STOPPED } from '../src/app/perform.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { entityOf } from '../src/discord/entityOf.ts';
import { splitMessage } from '../src/discord/splitMessage.ts';
import { standingOf } from '../src/discord/standing.ts';
import { explanationOf, textsFor } from '../src/discord/texts.ts';
import { nameOf, storyHere } from '../src/discord/viewerOf.ts';
import { isCharacter } from '../src/engine/ids.ts';
import { isAwake } from '../src/engine/presence.ts';
import { Refusal } from '../src/engine/refusal.ts';

/** Words for one character alone, whose answer nobody else sees. */
export const whisper = {
  group: 'play',
  data: {
    name: 'whisper',
    description: 'Say something to one character that nobody else hears',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'to',
        description: 'Whom you whisper to',
        required: true,
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'text',
        description: 'What you say',
        required: true,
        max_length: 2_000,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    const by = standingOf(interaction);
    const to = entityOf(troupe.world.storyOf(chat), interaction.options.getString('to', true));
    const text = interaction.options.getString('text', true).trim();
    if (text === '') throw new Refusal('bad-setting', { field: 'text' });
    // What a process that ended left untold comes first.
    const earlier = troupe.whispers.owed(chat, by.person);
    const asked = { chat, command: interaction.id, by, name: nameOf(interaction), to, text };
    const answer = await troupe.whispers.whisper(asked);
    const { world } = textsFor(interaction.locale);
    const show = async (contents: readonly string[]) => {
      for (const content of contents) {
        const message = { content, allowedMentions: { parse: [] } };
        // The first follow-up after a deferral is the answer itself.
        await interaction.followUp({ ...message, flags: MessageFlags.Ephemeral });
      }
    };
    for (const { node, name, text: words } of earlier) {
      await show(said(world.whisper.earlier(name), words));
      troupe.whispers.told(chat, node);
    }
    const { failure, name } = answer;
    if (failure?.kind === STOPPED.byShutdown) await show([world.whisper.restart]);
    else if (failure !== null) await show([explanationOf(failure, interaction.locale)]);
    else if (answer.text === '') await show([world.whisper.silent(name)]);
    else {
      await show(said(world.whisper.answer(name), answer.text));
      troupe.whispers.told(chat, answer.node);
    }
  },

  async autocomplete(interaction, { troupe }) {
    const here = troupe.storyIn(interaction.channelId);
    const story = here === null ? null : troupe.world.storyOf(here.chat);
    const typed = interaction.options.getFocused().toLowerCase();
    const near = Object.values(story?.cast ?? {}).filter(
      ({ entity, name }) =>
        story !== null &&
        isCharacter(entity) &&
        isAwake(story, entity) &&
        name.toLowerCase().includes(typed),
    );
    await respondWith(
      interaction,
      near.map(({ entity, name }) => ({ name, value: entity })),
    );
  },
} as const satisfies Command;

const said = (heading: string, text: string): string[] =>
  splitMessage(`${heading}\n${text}`).map(({ content }) => content);
