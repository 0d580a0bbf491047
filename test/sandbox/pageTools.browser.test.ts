import { type Client, Events, LabelBuilder, ModalBuilder, type TextChannel } from 'discord.js';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { findings, focused, hasBrowser, launch, message, newPage, PHONE } from './browser.ts';
import { connect, introduce } from './pageApplication.ts';

describe.skipIf(!hasBrowser)('the tools of the page in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  let sandbox: Sandbox;
  let client: Client;
  let contexts: BrowserContext[];
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = await connect(sandbox);
    contexts = [];
    complaints = [];
    return async () => {
      for (const context of contexts) await context.close();
      await client.destroy();
      await sandbox.close();
      expect(complaints).toEqual([]);
    };
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const { page, context } = await newPage(browser, options, complaints);
    contexts.push(context);
    await page.goto(sandbox.url);
    await page.getByRole('heading', { level: 1, name: 'tavern' }).waitFor();
    return page;
  }

  it('posts in a forum and finds archived posts again', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'tales' }).click();
    await page.getByRole('button', { name: 'New post' }).click();
    await page.getByLabel('Title').fill('The long night');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByText('Write something to read first.').waitFor();
    await page.getByRole('textbox', { name: 'Text' }).fill('It began with the fog.');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'The long night' }).waitFor();
    const first = message(page, 'It began with the fog.');
    await first.waitFor();
    expect(await first.getByRole('button', { name: 'The long night' }).count()).toBe(0);
    await expect.poll(() => focused(page)).toContain('Message in The long night');

    await choose(page, 'Archive');
    await page.getByText('Writing opens it again').waitFor();
    await page.getByRole('button', { name: 'tales' }).click();
    await page.getByText('Nothing has been posted yet').waitFor();
    await page.getByRole('button', { name: 'Show archived' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'The long night' }).click();
    await message(page, 'It began with the fog.').waitFor();
    await page.getByRole('combobox', { name: 'Message in The long night' }).fill('And then?');
    await page.keyboard.press('Enter');
    await message(page, 'And then?').waitFor();
    await expect.poll(() => page.getByText('Writing opens it again').count()).toBe(0);
    await page.getByRole('button', { name: 'tales' }).click();
    const entry = page.getByRole('main').getByRole('button', { name: 'The long night' });
    expect(await entry.textContent()).toContain('2 messages');
  });

  it('starts a private thread, brings someone in, locks it', async () => {
    const page = await open();
    await choose(page, 'New thread');
    await page.getByLabel('Name of the thread').fill('Whispers');
    await page.getByLabel('Private').check();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Whispers' }).waitFor();
    const thread = new URL(page.url()).hash.slice(1);
    const bruno = sandbox.as('Bruno');
    await expect(bruno.say(thread, 'Psst')).rejects.toMatchObject({ status: 404 });
    await page.getByRole('tabpanel').getByRole('button', { name: 'Bruno' }).click();
    await page.getByRole('menuitem', { name: 'Bring into this thread' }).click();
    await expect.poll(() => bruno.say(thread, 'Psst').then(Boolean, () => false)).toBe(true);
    await message(page, 'Psst').first().waitFor();
    await page.getByRole('button', { name: 'Whispers', exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Lock' }).click();
    await page.getByText('locked').waitFor();

    await page.getByRole('button', { name: 'Playing as Ada' }).click();
    await page.getByRole('menuitemradio', { name: 'Bruno' }).click();
    await page.getByText('This thread is locked.').waitFor();
    expect(await page.getByRole('combobox', { name: /Message in/ }).count()).toBe(0);
    await choose(page, 'Unlock');
    await page.getByText('Only those who manage threads may do that.').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    // Browsers note every refusal; this one was meant.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('403')]);
    await choose(page, 'Leave the thread');
    await page.getByRole('heading', { level: 1, name: 'tavern' }).waitFor();
  });

  it('takes a permission from the application by keyboard, and it is told so', async () => {
    const page = await open();
    const told = new Promise((resolve) => client.once(Events.ChannelUpdate, resolve));
    await page.getByRole('button', { name: 'This channel' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Settings of this channel' }).focus();
    await page.keyboard.press('Enter');
    const hooks = page.getByRole('switch', { name: 'Manage webhooks, Troupe' });
    await hooks.focus();
    expect(await hooks.isChecked()).toBe(true);
    await page.keyboard.press('Space');
    await told;
    const tavern = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
    sandbox.expect({ status: 403 });
    await expect(tavern.createWebhook({ name: 'stage' })).rejects.toMatchObject({ code: 50013 });

    await page.getByRole('switch', { name: 'Send messages, everyone' }).click();
    const sends = page.getByRole('switch', { name: 'Send messages, Troupe' });
    await expect.poll(() => sends.isChecked()).toBe(false);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain('This channel');

    await page.getByRole('button', { name: 'Playing as Ada' }).click();
    await page.getByRole('menuitemradio', { name: 'Bruno' }).click();
    await page.getByText('You may read here, but not write.').waitFor();
  });

  it('adds a person with rights; lets requests fail, says so while it lasts, and lists them', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Playing as Ada' }).click();
    await page.getByRole('menuitem', { name: 'Add a person' }).click();
    await page.getByLabel('Their name').fill('Dara');
    await page.keyboard.press('Enter');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Dara' }).click();
    await page.getByRole('menuitem', { name: 'What they may do' }).click();
    await page.getByRole('switch', { name: 'Manages the server' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { guilds } = sandbox.as('Dara').view();
    expect(guilds[0]?.rights[sandbox.as('Dara').id]).toMatchObject({ manageGuild: true });

    await choose(page, 'Let something go wrong');
    await page.getByLabel('What').selectOption('Requests fail with 500');
    await page.getByLabel('For how long').selectOption('All, until switched off');
    await page.getByRole('button', { name: 'Switch on' }).click();
    const line = page.getByText('On purpose: all requests fail with 500.');
    await line.waitFor();
    await choose(page, 'Requests of the application');
    expect(await focused(page)).toContain('Requests');
    const path = `/channels/${sandbox.channel('tavern')}/messages`;
    const send = (content: string) =>
      fetch(`${sandbox.api}/v10${path}`, {
        method: 'POST',
        headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content }),
      });
    await send('one');
    const rows = page.getByRole('list', { name: 'Requests, newest first' }).getByRole('listitem');
    await expect.poll(() => rows.first().textContent()).toContain('on purpose');
    await page.getByRole('button', { name: 'Switch off' }).click();
    await line.waitFor({ state: 'detached' });
    sandbox.expect({ status: 400 });
    await send('x'.repeat(2_001));
    await expect.poll(() => rows.first().textContent()).toContain('content: Must be 2000');
    await send('two');
    await expect.poll(() => rows.first().textContent()).toContain('3 of 5 left');
    await page.getByLabel('Only errors').check();
    expect(await rows.count()).toBe(2);
    await page.getByRole('button', { name: 'lighthouse' }).click();
    await page.getByLabel('Only this channel').check();
    await page.getByText('Nothing like that among the last requests.').waitFor();

    await page.getByRole('tab', { name: 'Requests' }).focus();
    await page.keyboard.press('ArrowLeft');
    const told = await page.evaluate(() => document.querySelectorAll('.request').length);
    await send('three');
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.querySelectorAll('.request').length)).toBe(told);
  });

  it('fills in a form with every kind of field', async () => {
    const got: unknown[] = [];
    client.removeAllListeners(Events.InteractionCreate);
    client.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isButton()) await interaction.showModal(everyField());
      if (!interaction.isModalSubmit()) return;
      const { fields } = interaction;
      got.push(
        fields.getStringSelectValues('mood'),
        fields.getSelectedUsers('who')?.map(({ displayName }) => displayName),
        fields.getSelectedRoles('as')?.map((role) => role?.name),
        fields.getSelectedChannels('where')?.map((place) => 'name' in place && place.name),
        fields.getUploadedFiles('map')?.map(({ name }) => name),
      );
      await interaction.reply('Done');
    });
    const page = await open();
    const place = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
    await place.send({ content: 'Who?', components: [introduce()] });
    await page.getByRole('button', { name: 'Introduce yourself' }).click();
    const dialog = page.getByRole('dialog', { name: 'Everything' });
    await dialog.getByText('As you like it').waitFor();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await dialog.getByText('5 fields need another look.').waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('checkbox', { name: 'Calm' }).check();
    await dialog.getByRole('checkbox', { name: 'Tense' }).check();
    await dialog.getByLabel('Who').selectOption('Bruno');
    await dialog.getByLabel('As').selectOption('Troupe');
    await dialog.getByLabel('Where').selectOption('tales');
    const buffer = Buffer.from('x');
    await dialog
      .getByLabel('Map')
      .setInputFiles({ name: 'map.png', mimeType: 'image/png', buffer });
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await message(page, 'Done').waitFor();
    expect(got).toEqual([['calm', 'tense'], ['Bruno'], ['Troupe'], ['tales'], ['map.png']]);
  });

  it('gives a command a role and a file', async () => {
    const got: unknown[] = [];
    client.removeAllListeners(Events.InteractionCreate);
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { options } = interaction;
      got.push(options.getRole('role', true).name, options.getAttachment('card', true).name);
      await interaction.reply('Imported');
    });
    await client.application?.commands.set([
      {
        name: 'import',
        description: 'Bring in a card',
        options: [
          { type: 8, name: 'role', description: 'For whom', required: true },
          { type: 11, name: 'card', description: 'The card', required: true },
        ],
      },
    ]);
    const page = await open();
    await page.keyboard.type('/import ');
    await page.getByRole('option', { name: /Troupe/ }).click();
    const buffer = Buffer.from('{}');
    await page
      .locator('.option-chip', { hasText: 'card' })
      .locator('input')
      .setInputFiles({ name: 'mira.json', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Send' }).click();
    await message(page, 'Imported').waitFor();
    expect(got).toEqual(['Troupe', 'mira.json']);

    await page.keyboard.type('/import ');
    await page.getByRole('option', { name: /Troupe/ }).click();
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['{}'], 'tove.json', { type: 'application/json' }));
      return data;
    });
    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
    // Until the file is read, the option is unfinished.
    await expect
      .poll(async () => {
        if (await page.locator('.command-form').count()) await page.keyboard.press('Enter');
        return message(page, 'Imported').count();
      })
      .toBe(2);
    expect(got).toEqual(['Troupe', 'mira.json', 'Troupe', 'tove.json']);

    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
    await page.locator('#composer-files', { hasText: 'tove.json' }).waitFor();
  });

  it.each([{ colorScheme: 'dark' }, { colorScheme: 'light', ...PHONE }] as const)(
    'its tools have no serious accessibility finding ($colorScheme)',
    async (options) => {
      const phone = 'isMobile' in options;
      const ada = sandbox.as('Ada');
      await ada.createPost(sandbox.channel('tales'), 'The long night', 'It began with the fog.');
      await ada.act({ kind: 'armFault', fault: { kind: 'latency', ms: 1 } });
      sandbox.expect({ status: 400 });
      await client.rest
        .post(`/channels/${sandbox.channel('tavern')}/messages`, { body: {} })
        .catch(() => undefined);
      const page = await open(options);
      const checkWidth = async () => {
        if (!phone) return;
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(390);
      };
      for (const item of ['Settings of this channel', 'Let something go wrong']) {
        await choose(page, item);
        await page.getByRole('dialog').waitFor();
        expect(await findings(page)).toEqual([]);
        await checkWidth();
        await page.keyboard.press('Escape');
      }
      await choose(page, 'Requests of the application');
      await page.locator('.request.is-error').waitFor();
      expect(await findings(page)).toEqual([]);
      await checkWidth();
      await page.keyboard.press('Escape');
      if (phone) await page.getByRole('button', { name: 'Channels' }).tap();
      await page.getByRole('button', { name: 'tales' }).click();
      await page.getByRole('main').getByRole('button', { name: 'The long night' }).waitFor();
      expect(await findings(page)).toEqual([]);
      await checkWidth();
    },
  );

  it('allows nothing from elsewhere but pictures', async () => {
    const response = await fetch(sandbox.url);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'self'; img-src 'self' data: https: http:; style-src 'self'; connect-src 'self' ws:",
    );
  });
});

/** Chooses from the menu of the channel. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'This channel' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

function everyField(): ModalBuilder {
  const label = (name: string) => new LabelBuilder().setLabel(name);
  return new ModalBuilder()
    .setCustomId('everything')
    .setTitle('Everything')
    .addLabelComponents(
      label('Mood')
        .setDescription('As you like it')
        .setStringSelectMenuComponent((select) =>
          select
            .setCustomId('mood')
            .setMaxValues(2)
            .addOptions({ label: 'Calm', value: 'calm' }, { label: 'Tense', value: 'tense' }),
        ),
      label('Who').setUserSelectMenuComponent((select) => select.setCustomId('who')),
      label('As').setRoleSelectMenuComponent((select) => select.setCustomId('as')),
      label('Where').setChannelSelectMenuComponent((select) => select.setCustomId('where')),
      label('Map').setFileUploadComponent((upload) => upload.setCustomId('map')),
    );
}
