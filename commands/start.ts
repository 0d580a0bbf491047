import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { beginStory } from '../src/discord/beginStory.ts';
import type { Command } from '../src/discord/command.ts';
import { beginAnewRow } from '../src/discord/components/beginAnew.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { texts } from '../src/discord/texts.ts';
import { entityId } from '../src/engine/ids.ts';
import { Refusal } from '../src/engine/refusal.ts';

/** A choice of Discord's has at most 100 characters. */
const CHOICE = 100;

/** Begins a story in this channel. */
export const start = {
  group: 'play',
  data: {
    name: 'start',
    description: 'Begin a story here with a character',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'character',
        description: 'Who you want to play with',
        required: true,
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, bot) {
    const { troupe } = bot;
    const asked = interaction.options.getString('character', true);
    const here = troupe.storyIn(interaction.channelId);
    if (here !== null) {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const character = pick(troupe.characters(homeOf(interaction), ''), asked);
      await interaction.editReply({
        content: texts.start.taken(here.name),
        components: [beginAnewRow(here.chat, character.id, character.name)],
      });
      return;
    }
    await interaction.deferReply();
    const character = pick(troupe.characters(homeOf(interaction), ''), asked);
    await beginStory(interaction, bot, { character: character.id, replaces: null });
  },

  async autocomplete(interaction, { troupe }) {
    const choices = troupe.characters(homeOf(interaction), interaction.options.getFocused());
    await interaction.respond(
      choices.map(({ id, name, summary }) => ({
        name: `${name} · ${summary}`.slice(0, CHOICE),
        value: id,
      })),
    );
  },
} as const satisfies Command;

/** What was picked, or typed by name without picking. */
function pick<C extends { id: string; name: string }>(choices: readonly C[], asked: string): C {
  const typed = asked.trim().toLowerCase();
  const found =
    choices.find((each) => entityId.safeParse(asked).success && each.id === asked) ??
    choices.find((each) => each.name.toLowerCase() === typed);
  if (found === undefined) throw new Refusal('unknown-character');
  return found;
}
