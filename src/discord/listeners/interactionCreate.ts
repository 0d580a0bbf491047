import { randomBytes } from 'node:crypto';
import { type Interaction, MessageFlags, type RepliableInteraction } from 'discord.js';
import { ZodError } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import type { Bot } from '../bot.ts';
import { type Component, parseCustomId } from '../component.ts';
import { components } from '../components/index.ts';
import { defineListener } from '../listener.ts';
import { refusals, texts } from '../texts.ts';

const byName = new Map<string, Component>(components.map((each) => [each.name, each as Component]));

/** Routes what a person pressed, picked or typed; whatever goes wrong, there is an answer. */
export const interactionCreate = defineListener({
  event: 'interactionCreate',
  async handle(bot, interaction) {
    try {
      await route(bot, interaction);
    } catch (error) {
      if (interaction.isRepliable()) await explain(bot, interaction, error);
      else bot.log.warn({ interaction: interaction.id, err: error }, 'choices could not be given');
    }
  },
});

async function route(bot: Bot, interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const command = bot.commands.find(({ data }) => data.name === interaction.commandName);
    if (command === undefined) throw new Refusal('out-of-date');
    if (interaction.isAutocomplete()) await command.autocomplete?.(interaction, bot);
    else await command.execute(interaction, bot);
    return;
  }
  if (interaction.isMessageComponent()) {
    const id = parseCustomId(interaction.customId);
    const component = id && byName.get(id.name);
    if (!component) throw new Refusal('out-of-date');
    await component.execute(interaction, component.args.parse(id.args), bot);
  }
}

/** Tells the one person what happened; what is not theirs to know goes to the log, under a number. */
async function explain(bot: Bot, interaction: RepliableInteraction, error: unknown): Promise<void> {
  const answer = {
    content: sentence(bot, interaction, error),
    flags: MessageFlags.Ephemeral as const,
  };
  try {
    if (!interaction.deferred && !interaction.replied) await interaction.reply(answer);
    else {
      // A public "thinking" is taken away, so that the refusal is read by one person only.
      if (interaction.deferred && !interaction.replied && interaction.isChatInputCommand()) {
        await interaction.deleteReply();
      }
      await interaction.followUp(answer);
    }
  } catch (unanswered) {
    bot.log.warn({ interaction: interaction.id, err: unanswered }, 'an answer did not arrive');
  }
}

function sentence(bot: Bot, interaction: Interaction, error: unknown): string {
  if (error instanceof Refusal) return refusals[error.code](error.details);
  // A custom id that was tampered with says nothing to whoever sent it.
  if (error instanceof ZodError) return refusals['out-of-date']({});
  const id = randomBytes(4).toString('hex');
  bot.log.error({ id, interaction: interaction.id, err: error }, 'an interaction failed');
  return texts.wentWrong(id);
}
