import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { beginStory } from '../src/discord/beginStory.ts';
import { respondWith } from '../src/discord/choices.ts';
import type { Command } from '../src/discord/command.ts';
import { beginAnewRow } from '../src/discord/components/beginAnew.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { nameOf, textOption } from '../src/discord/viewerOf.ts';
import { Refusal } from '../src/engine/refusal.ts';

type Where = 'here' | 'thread' | 'channel' | 'private';

/** A fresh story with the same character, or another. */
export const fresh = {
  group: 'stories',
  data: {
    name: 'new',
    description: 'Begin a fresh story, with the same character or another',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'where',
        description: 'Where to play it; here, if you leave it out',
        choices: [
          { name: 'here', value: 'here' },
          { name: 'in a thread', value: 'thread' },
          { name: 'in a channel of its own', value: 'channel' },
          { name: 'in a private thread for you', value: 'private' },
        ],
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'character',
        description: 'Who you want to play with; the same as here, if you leave it out',
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, bot) {
    const { troupe } = bot;
    const where = (interaction.options.getString('where') ?? 'here') as Where;
    const here = troupe.storyIn(interaction.channelId);
    const hidden = where !== 'here' || here !== null;
    await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
    const { chats, start } = textsFor(interaction.locale);
    const character = characterFor(bot.troupe, interaction, textOption(interaction, 'character'));
    if (where !== 'here') {
      troupe.rights.demandAt(homeOf(interaction), 'start', standingOf(interaction));
      const begun = await troupe.beginIn(
        {
          command: interaction.id,
          home: homeOf(interaction),
          owner: `user:${interaction.user.id}`,
          name: nameOf(interaction),
          character: character.id,
        },
        { kind: where, from: interaction.channelId },
      );
      await interaction.editReply(chats.begun(begun.name, begun.channel ?? ''));
    } else if (here !== null) {
      troupe.rights.demand('reset', standingOf(interaction), here.chat);
      await interaction.editReply({
        content: start.taken(here.name),
        components: [beginAnewRow(here.chat, character.id, character.name)],
      });
    } else await beginStory(interaction, bot, { character: character.id, replaces: null });
  },

  async autocomplete(interaction, { troupe }) {
    const choices = troupe.characters(homeOf(interaction), interaction.options.getFocused());
    await respondWith(
      interaction,
      choices.map(({ id, name, summary }) => ({ name: `${name} · ${summary}`, value: id })),
    );
  },
} as const satisfies Command;

/** Who was asked for, by id or name; else who plays here. */
function characterFor(
  troupe: Parameters<Command['execute']>[1]['troupe'],
  interaction: Parameters<Command['execute']>[0],
  asked: string | null,
) {
  const all = troupe.characters(homeOf(interaction), '');
  const [first] = troupe.storyIn(interaction.channelId)?.characters ?? [];
  const wanted = (asked ?? first)?.toLowerCase();
  const found = all.find(({ id, name }) => id === asked || name.toLowerCase() === wanted);
  if (found === undefined) throw new Refusal('unknown-character');
  return found;
}
