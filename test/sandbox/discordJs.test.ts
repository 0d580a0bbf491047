import {
  ActionRowBuilder,
  type AnyThreadChannel,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  Events,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  type TextChannel,
  TextInputBuilder,
  TextInputStyle,
  WebhookClient,
} from 'discord.js';
import { expect, test } from 'vitest';
import { eventually, login, open } from './support.ts';

test('a client logs in and finds its guild, channels and itself', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const guild = await eventually(() => client.guilds.cache.get(sandbox.guild));
  expect(guild.name).toBe('The Playhouse');
  expect(guild.channels.cache.map(({ name }) => name)).toEqual([
    'tavern',
    'lighthouse',
    'rehearsal-room',
    'tales',
  ]);
  expect(client.user.id).toBe(sandbox.applicationId);
  expect((await client.application.fetch()).name).toBe('Troupe');
  expect(sandbox.violations).toEqual([]);
});

test('what a person says reaches the client, and the answer the person', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  client.on(Events.MessageCreate, async (message) => {
    if (!message.author.bot)
      await message.reply({ content: `heard: ${message.content}`, allowedMentions: { parse: [] } });
  });
  const ada = sandbox.as('Ada');
  const said = await ada.say(sandbox.channel('tavern'), 'Is anyone here?');
  const answer = await ada.waitFor(sandbox.channel('tavern'), ({ author }) => author.bot === true);
  expect(answer.content).toBe('heard: Is anyone here?');
  expect(answer.referenced_message?.id).toBe(said.id);
  expect(sandbox.pings).toEqual([]);
});

test('edits and deletions reach both sides', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const ada = sandbox.as('Ada');
  const tavern = sandbox.channel('tavern');
  const edited = new Promise<string>((resolve) =>
    client.once(Events.MessageUpdate, (_, now) => resolve(now.content)),
  );
  const deleted = new Promise<string>((resolve) =>
    client.once(Events.MessageDelete, ({ id }) => resolve(id)),
  );
  const said = await ada.say(tavern, 'one');
  await ada.edit(said, 'two');
  expect(await edited).toBe('two');
  await ada.delete(said);
  expect(await deleted).toBe(said.id);
  const channel = (await client.channels.fetch(tavern)) as TextChannel;
  const sent = await channel.send('mine');
  await sent.edit('mine, better');
  await ada.waitFor(tavern, ({ content }) => content === 'mine, better');
  await sent.delete();
  await ada.waitForNotice((notice) => notice.kind === 'messageDeleted' && notice.id === sent.id);
});

test('an application webhook speaks under any name and face, with buttons, and in threads', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const channel = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
  const webhook = await channel.createWebhook({ name: 'Troupe' });
  const token = webhook.token ?? '';
  const hook = new WebhookClient({ id: webhook.id, token }, { rest: { api: sandbox.api } });
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('stop').setLabel('Stop').setStyle(ButtonStyle.Secondary),
  );
  const avatarURL = `${sandbox.cdn}/emojis/1.png`;
  const sent = await hook.send({
    content: 'Evening.',
    username: 'Mira',
    avatarURL,
    components: [row],
  });
  await hook.editMessage(sent.id, { content: 'Evening, stranger.' });
  const [shown] = sandbox.as('Ada').messages(channel.id);
  expect(shown?.author).toMatchObject({ username: 'Mira', bot: true, id: webhook.id });
  expect(shown?.content).toBe('Evening, stranger.');
  const face = await fetch(`${sandbox.cdn}/avatars/${webhook.id}/${shown?.author.avatar}.png`, {
    redirect: 'manual',
  });
  expect(face.headers.get('location')).toBe(avatarURL);

  const thread = await channel.threads.create({ name: 'A side story' });
  const inThread = await hook.send({ content: 'Here?', username: 'Mira', threadId: thread.id });
  await hook.editMessage(inThread.id, { content: 'Here.', threadId: thread.id });
  const [found] = sandbox.as('Ada').messages(thread.id);
  expect(found?.content).toBe('Here.');
  await hook.deleteMessage(inThread.id, thread.id);
  expect(sandbox.as('Ada').messages(thread.id)).toEqual([]);
  expect(sandbox.violations).toEqual([]);
});

test('a command with autocomplete, a form, a menu and buttons runs from end to end', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  await client.application.commands.set([
    new SlashCommandBuilder()
      .setName('start')
      .setDescription('Begin')
      .addStringOption((option) =>
        option.setName('who').setDescription('Character').setRequired(true).setAutocomplete(true),
      )
      .toJSON(),
    { name: 'Remember this', type: ApplicationCommandType.Message },
  ]);
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isAutocomplete()) {
      await interaction.respond([{ name: 'Mira', value: 'mira' }]);
    } else if (interaction.isMessageContextMenuCommand()) {
      const { content } = interaction.targetMessage;
      await interaction.reply({ content: `kept: ${content}`, flags: MessageFlags.Ephemeral });
    } else if (interaction.isChatInputCommand()) {
      await interaction.deferReply();
      const who = interaction.options.getString('who', true);
      const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId('name').setLabel('Name').setStyle(ButtonStyle.Primary),
      );
      const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
        new StringSelectMenuBuilder()
          .setCustomId('mood')
          .addOptions({ label: 'Calm', value: 'calm' }, { label: 'Wild', value: 'wild' }),
      );
      await interaction.editReply({ content: `starting ${who}`, components: [row, menu] });
    } else if (interaction.isStringSelectMenu()) {
      await interaction.update({ content: `mood: ${interaction.values.join()}` });
    } else if (interaction.isButton()) {
      const input = new TextInputBuilder()
        .setCustomId('text')
        .setLabel('Name')
        .setStyle(TextInputStyle.Short);
      await interaction.showModal(
        new ModalBuilder()
          .setCustomId('form')
          .setTitle('Name')
          .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(input)),
      );
    } else if (interaction.isModalSubmit()) {
      await interaction.deferUpdate();
      await interaction.followUp({
        content: `called ${interaction.fields.getTextInputValue('text')}`,
        flags: MessageFlags.Ephemeral,
      });
    }
  });
  const ada = sandbox.as('Ada');
  const tavern = sandbox.channel('tavern');
  expect(await ada.autocomplete(tavern, 'start', 'who', { who: 'mi' })).toEqual([
    { name: 'Mira', value: 'mira' },
  ]);
  expect(await ada.command(tavern, 'start', { who: 'mira' })).toEqual({ kind: 'deferred' });
  const card = await ada.waitFor(tavern, ({ content }) => content === 'starting mira');
  await ada.select(card, 'mood', ['wild']);
  await ada.waitFor(tavern, ({ content }) => content === 'mood: wild');
  const form = await ada.click(card, 'name');
  if (form.kind !== 'modal') throw new Error(`expected a modal, not ${form.kind}`);
  expect(form.data.title).toBe('Name');
  await ada.submit(form.modal, { text: 'Wren' });
  await ada.waitFor(tavern, ({ content }) => content === 'called Wren');
  expect(
    sandbox
      .as('Bruno')
      .messages(tavern)
      .map(({ content }) => content),
  ).toEqual(['mood: wild']);
  const said = await ada.say(tavern, 'The lamp is out.');
  const kept = await ada.menu(tavern, 'Remember this', said.id);
  expect(kept.kind === 'message' && kept.message.content).toBe('kept: The lamp is out.');
  expect(sandbox.violations).toEqual([]);
});

test('threads, direct messages, reactions, typing and bulk deletions reach the client', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const ada = sandbox.as('Ada');
  const tavern = sandbox.channel('tavern');
  const seen: string[] = [];
  client.on(Events.ThreadCreate, (thread: AnyThreadChannel) => seen.push(`thread ${thread.name}`));
  client.on(Events.MessageReactionAdd, ({ emoji }) => seen.push(`reaction ${emoji.name}`));
  client.on(Events.MessageBulkDelete, (messages) => seen.push(`bulk ${messages.size}`));
  client.on(Events.MessageCreate, ({ content, guildId }) =>
    seen.push(guildId ? content : `dm ${content}`),
  );
  const said = await ada.say(tavern, 'hello');
  await ada.react(said, '🦉');
  const thread = await ada.createThread(tavern, 'Aside', said.id);
  await ada.say(thread.id, 'in here');
  const direct = await ada.openDirectMessage();
  await ada.say(direct.id, 'psst');
  const channel = (await client.channels.fetch(tavern)) as TextChannel;
  await channel.sendTyping();
  const more = await ada.say(tavern, 'again');
  await channel.bulkDelete([said.id, more.id]);
  await eventually(() => seen.includes('bulk 2') || undefined);
  expect(seen).toContain('hello');
  expect(seen).toContain('reaction 🦉');
  expect(seen).toContain('thread Aside');
  expect(seen).toContain('in here');
  expect(seen).toContain('dm psst');
  await ada.waitForNotice(({ kind }) => kind === 'typing');
  const user = await client.users.fetch(ada.id);
  const sent = await user.send('psst yourself');
  expect(ada.messages(direct.id).at(-1)?.id).toBe(sent.id);
});

test('an application emoji is kept and served', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const png = Buffer.from('89504e470d0a1a0a', 'hex');
  const emoji = await client.application.emojis.create({ attachment: png, name: 'mira' });
  expect(emoji.imageURL()).toContain(`${sandbox.cdn}/emojis/${emoji.id}`);
  const picture = await fetch(`${sandbox.cdn}/emojis/${emoji.id}.png`);
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
  expect((await client.application.emojis.fetch()).size).toBe(1);
  await emoji.delete();
  expect((await client.application.emojis.fetch()).size).toBe(0);
});

test('files are stored and served, and embeds can show them', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const channel = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
  const sent = await channel.send({
    files: [{ attachment: Buffer.from('once upon a time'), name: 'story.txt' }],
    embeds: [{ title: 'A map', image: { url: 'attachment://story.txt' } }],
  });
  const [file] = sent.attachments.values();
  expect(file?.name).toBe('story.txt');
  expect(await (await fetch(file?.url ?? '')).text()).toBe('once upon a time');
  expect(sent.embeds[0]?.image?.url).toBe(file?.url);
});
