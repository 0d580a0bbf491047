import { randomBytes } from 'node:crypto';
import {
  DiscordAPIError,
  DiscordjsTypeError,
  type Interaction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { ZodError } from 'zod';
import { Refusal } from '../../engine/refusal.ts';
import type { Bot } from '../bot.ts';
import { type AnyCommand, isMenu } from '../command.ts';
import type { Component } from '../component.ts';
import { components } from '../components/index.ts';
import { parseCustomId } from '../customId.ts';
import { homeOf } from '../homeOf.ts';
import { defineListener } from '../listener.ts';
import type { Modal } from '../modal.ts';
import { modals } from '../modals/index.ts';
import { errorFields, problemOf } from '../problem.ts';
import { publicLocale } from '../publicTexts.ts';
import { requireStory } from '../requireStory.ts';
import { refusalsFor, textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

const byName = <T extends { readonly name: string }>(list: readonly T[]) =>
  new Map<string, T>(list.map((each) => [each.name, each]));
const componentsByName = byName<Component>(components as readonly Component[]);
const modalsByName = byName<Modal>(modals as readonly Modal[]);

/** Routes what a person pressed, picked or typed; whatever goes wrong, there is an answer. */
export const interactionCreate = defineListener({
  event: 'interactionCreate',
  async handle(bot, interaction) {
    try {
      // What a home set here goes before its language on Discord, whoever reads it from now on.
      const { guildId, guildLocale, locale } = interaction;
      const home = homeOf(interaction);
      if (guildId === null) bot.troupe.settings.hear(home, locale, askedBy(interaction));
      Object.assign(interaction, { guildLocale: publicLocale(bot.troupe, home, guildLocale) });
      // What it is about may have changed while nobody listened.
      if (!interaction.isAutocomplete()) await bot.reconcile.settled(interaction.channelId ?? '');
      await route(bot, interaction);
    } catch (error) {
      if (interaction.isRepliable()) await explain(bot, interaction, error);
      else await offerNothing(bot, interaction, error);
    }
  },
});

async function route(bot: Bot, interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const command = named(bot, interaction.commandName);
    if (isMenu(command)) throw new Refusal('out-of-date');
    if (interaction.isAutocomplete()) await command.autocomplete?.(interaction, bot);
    else await command.execute(interaction, bot);
  } else if (interaction.isMessageContextMenuCommand()) {
    const menu = named(bot, interaction.commandName);
    if (!isMenu(menu)) throw new Refusal('out-of-date');
    await menu.execute(interaction, bot);
  } else if (interaction.isMessageComponent()) {
    const { made, args } = meant(bot, interaction, componentsByName);
    await made.execute(interaction, args, bot);
  } else if (interaction.isModalSubmit()) {
    const { made, args } = meant(bot, interaction, modalsByName);
    await made.execute(interaction, args, bot);
  } else throw new Refusal('out-of-date');
}

function named(bot: Bot, name: string): AnyCommand {
  const command = bot.commands.find(({ data }) => data.name === name);
  if (command === undefined) throw new Refusal('out-of-date');
  return command;
}

/**
 * What a custom id stands for, where it is used by whom and in the story that it was made for.
 * @throws {Refusal} `out-of-date`; {@link ZodError} for an id that was tampered with.
 */
function meant<T extends Component | Modal>(
  { troupe }: Bot,
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  known: ReadonlyMap<string, T>,
) {
  const id = parseCustomId(interaction.customId);
  const made = id === null ? undefined : known.get(id.name);
  if (id === null || made === undefined || !isOwn(interaction)) throw new Refusal('out-of-date');
  const args = made.args.parse(id.args);
  if (made.ofStory) requireStory(troupe, interaction.channelId ?? '', args[0] ?? '');
  return { made, args };
}

/** What one person alone was shown is for that person to press. */
function isOwn({ message, user }: MessageComponentInteraction | ModalSubmitInteraction): boolean {
  const hidden = message?.flags.has(MessageFlags.Ephemeral) ?? false;
  const shownTo = message?.interactionMetadata?.user.id;
  return !hidden || shownTo === undefined || shownTo === user.id;
}

/** Choices that could not be given are none: the rest can still be typed. */
async function offerNothing(
  { log }: Bot,
  interaction: Exclude<Interaction, RepliableInteraction>,
  error: unknown,
): Promise<void> {
  log.warn({ interaction: interaction.id, ...errorFields(error) }, 'choices could not be given');
  if (!interaction.isAutocomplete() || interaction.responded) return;
  await interaction.respond([]).catch(() => undefined);
}

/** Discord takes no answer any more: its 3 s, or the token's 15 min, are over. */
const isOver = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownInteraction ||
    error.code === RESTJSONErrorCodes.UnknownWebhook ||
    error.code === RESTJSONErrorCodes.InvalidWebhookToken);

/** Tells the one person what happened; what is not theirs to know goes to the log, under a number. */
async function explain(bot: Bot, interaction: RepliableInteraction, error: unknown): Promise<void> {
  if (isOver(error)) return tooLate(bot, interaction);
  const answer = {
    content: sentence(bot, interaction, error),
    flags: MessageFlags.Ephemeral as const,
  };
  try {
    if (!interaction.deferred && !interaction.replied) await interaction.reply(answer);
    else {
      // A public "thinking" is taken away, so that the refusal is read by one person only.
      if (interaction.deferred && !interaction.replied && interaction.isCommand()) {
        await interaction.deleteReply();
      }
      await interaction.followUp(answer);
    }
  } catch (unanswered) {
    if (isOver(unanswered)) return tooLate(bot, interaction);
    bot.log.warn(
      { interaction: interaction.id, ...errorFields(unanswered) },
      'an answer did not arrive',
    );
  }
}

/** Nothing was done for who was never answered, so they are told where they asked; else all is done. */
async function tooLate({ log }: Bot, interaction: RepliableInteraction): Promise<void> {
  log.info({ interaction: interaction.id }, 'Discord took no answer any more');
  const { channel, deferred, replied } = interaction;
  if (deferred || replied || !channel?.isSendable()) return;
  try {
    await channel.send(textsFor(interaction.guildLocale).tooLate(interaction.user.id));
  } catch (error) {
    log.warn({ interaction: interaction.id, ...errorFields(error) }, 'an answer did not arrive');
  }
}

function sentence(bot: Bot, interaction: Interaction, error: unknown): string {
  const refusals = refusalsFor(interaction.locale);
  if (error instanceof Refusal) return refusals[error.code](error.details);
  // What was tampered with, or is of another version than this, says nothing to whoever sent it.
  if (error instanceof ZodError || error instanceof DiscordjsTypeError)
    return refusals['out-of-date']({});
  if (problemOf(error) === 'gone') {
    // Done all the same: the card that would have said so was taken away meanwhile.
    bot.log.warn({ interaction: interaction.id, ...errorFields(error) }, 'a card was gone');
    return refusals['out-of-date']({});
  }
  const id = randomBytes(4).toString('hex');
  bot.log.error(
    { id, interaction: interaction.id, ...errorFields(error) },
    'an interaction failed',
  );
  return textsFor(interaction.locale).wentWrong(id);
}
