import { setTimeout } from 'node:timers/promises';
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Sandbox } from '../../src/sandbox/index.ts';

const CHARACTERS = ['Mira Thornfield', 'Captain Oswin Hale', 'The Ferryman'];

/** An application as anyone would write it: a command, a context menu, a button, a form. */
export async function connect(sandbox: Sandbox): Promise<Client> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    rest: { api: sandbox.api, cdn: sandbox.cdn },
  });
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.token);
  await ready;
  await client.application?.commands.set([
    {
      name: 'start',
      description: 'Bring a character in',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'character',
          description: 'Who walks in',
          required: true,
          autocomplete: true,
        },
        {
          type: ApplicationCommandOptionType.String,
          name: 'mood',
          description: 'How the scene opens',
          choices: [
            { name: 'Calm', value: 'calm' },
            { name: 'Tense', value: 'tense' },
          ],
        },
      ],
    },
    {
      name: 'ponder',
      description: 'Take a moment',
      descriptionLocalizations: { ru: 'Подумать минуту' },
    },
    {
      name: 'Remember this',
      nameLocalizations: { ru: 'Запомнить это' },
      type: ApplicationCommandType.Message,
    },
  ]);
  return client;
}

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused().toLowerCase();
    if (typed === 'slow') {
      await setTimeout(700);
      return interaction.respond([{ name: 'Too late', value: 'late' }]);
    }
    const fitting = CHARACTERS.filter((name) => name.toLowerCase().includes(typed));
    return interaction.respond(fitting.map((name) => ({ name, value: name })));
  }
  if (interaction.isChatInputCommand() && interaction.commandName === 'ponder') {
    await interaction.deferReply();
    await setTimeout(500);
    return interaction.editReply('A thought.');
  }
  if (interaction.isStringSelectMenu())
    return interaction.update({ content: `Tab: ${interaction.values[0]}`, components: [] });
  if (interaction.isChatInputCommand()) {
    const mood = interaction.options.getString('mood') ?? 'calm';
    const character = interaction.options.getString('character', true);
    return interaction.reply(`${character} walks in, ${mood}.`);
  }
  if (interaction.isMessageContextMenuCommand())
    return interaction.reply(`Remembered: ${interaction.targetMessage.content}`);
  if (interaction.isButton() && interaction.customId === 'introduce')
    return interaction.showModal(form());
  if (interaction.isModalSubmit()) {
    const [name, looks] = ['name', 'looks'].map((id) => interaction.fields.getTextInputValue(id));
    return interaction.reply({ content: `${name}: ${looks}`, flags: MessageFlags.Ephemeral });
  }
  return undefined;
}

function form(): ModalBuilder {
  const row = (input: TextInputBuilder) =>
    new ActionRowBuilder<TextInputBuilder>().addComponents(input);
  return new ModalBuilder()
    .setCustomId('part')
    .setTitle('Your part')
    .addComponents(
      row(
        new TextInputBuilder()
          .setCustomId('name')
          .setLabel('Name')
          .setPlaceholder('As the others call you')
          .setStyle(TextInputStyle.Short)
          .setMaxLength(40),
      ),
      row(
        new TextInputBuilder()
          .setCustomId('looks')
          .setLabel('Looks')
          .setValue('Mud to the knees.')
          .setStyle(TextInputStyle.Paragraph)
          .setRequired(false),
      ),
    );
}

function button(id: string, label: string, style: ButtonStyle) {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(style),
  );
}

export const introduce = () => button('introduce', 'Introduce yourself', ButtonStyle.Primary);

export function tabs() {
  return new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('tab')
      .setPlaceholder('Choose a tab')
      .addOptions({ label: 'Scene', value: 'scene' }, { label: 'Cast', value: 'cast' }),
  );
}

/** Nobody answers this one. */
export const stuck = () => button('stuck', 'Push', ButtonStyle.Danger);

export function card() {
  return {
    title: 'The Drowned Lantern',
    description: 'An inn at the **edge of the marsh**.',
    color: 0xc98a4b,
    author: { name: 'Mira' },
    fields: [
      { name: 'Who', value: 'Mira', inline: true },
      { name: 'When', value: 'Day 1', inline: true },
    ],
    footer: { text: 'Scene' },
    timestamp: new Date(0).toISOString(),
  };
}
