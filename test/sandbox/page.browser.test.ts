import { type Client, Events, type TextChannel } from 'discord.js';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Page,
  WebSocketRoute,
} from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { findings, focused, hasBrowser, launch, message, newPage, PHONE } from './browser.ts';
import { card, connect, introduce, stuck, tabs } from './pageApplication.ts';

describe.skipIf(!hasBrowser)('the page in a browser', { timeout: 60_000 }, () => {
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
    sandbox = await startSandbox({ rateLimits: 'off' });
    client = await connect(sandbox);
    contexts = [];
    complaints = [];
    return async () => {
      // The pages go first: they would complain about a server that is gone.
      for (const context of contexts) await context.close();
      await client.destroy();
      await sandbox.close();
      expect(complaints).toEqual([]);
    };
  });

  /** The page, opened in a context of its own; the test fails on anything in its console. */
  async function open(
    options: BrowserContextOptions = {},
    onSocket?: (socket: WebSocketRoute) => void,
  ): Promise<Page> {
    const { page, context } = await newPage(browser, options, complaints);
    contexts.push(context);
    if (onSocket) await page.routeWebSocket(/\/sandbox\/socket/, onSocket);
    await page.goto(sandbox.url);
    await page.getByRole('heading', { level: 1, name: 'tavern' }).waitFor();
    return page;
  }

  const channel = async () =>
    (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;

  it('begins in an empty channel with one press', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Begin with /start' }).click();
    await expect.poll(() => focused(page)).toContain('character');
    await page.getByRole('option', { name: 'Mira Thornfield' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await message(page, 'Mira Thornfield walks in, calm.').waitFor();
  });

  it('sends, answers and edits messages, as more than one person', async () => {
    const page = await open();
    const box = page.getByRole('combobox', { name: 'Message in #tavern' });
    await box.fill('*I shake off the rain.* **Evening.**');
    await box.press('Shift+Enter');
    await box.pressSequentially('Is there a room');
    await box.press('Enter');
    const sent = message(page, 'Is there a room');
    expect(await sent.locator('em').textContent()).toBe('I shake off the rain.');
    expect(await box.inputValue()).toBe('');

    await box.press('ArrowUp');
    const editor = page.getByRole('textbox', { name: 'Edit your message' });
    await expect.poll(() => editor.inputValue()).toContain('Is there a room');
    await editor.press('End');
    await editor.pressSequentially(' for the night?');
    await editor.press('Enter');
    await message(page, 'Is there a room for the night? (edited)').waitFor();

    await page.getByRole('button', { name: 'Playing as Ada' }).click();
    await page.getByRole('menuitemradio', { name: 'Русский' }).waitFor();
    await page.getByRole('menuitemradio', { name: 'Bruno' }).click();
    await page.getByRole('button', { name: 'Playing as Bruno' }).waitFor();
    await message(page, 'for the night').hover();
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await box.pressSequentially('There is one, by the stairs.');
    await box.press('Enter');
    await message(page, 'There is one').locator('.reply-preview', { hasText: 'rain' }).waitFor();
    const stored = sandbox.allMessages(sandbox.channel('tavern'));
    expect(stored.map(({ author }) => author.global_name)).toEqual(['Ada', 'Bruno']);

    await message(page, 'There is one').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await message(page, 'There is one').waitFor({ state: 'detached' });
  });

  it('leads by a link to the message that it names, in another channel and further back', async () => {
    const place = await channel();
    const first = await place.send('The lamp was lit.');
    for (let line = 0; line < 60; line += 1) await place.send(`Line ${line}.`);
    const other = (await client.channels.fetch(sandbox.channel('lighthouse'))) as TextChannel;
    await other.send(`From ${first.url} on.`);
    const page = await open();
    await page
      .getByRole('link', { name: 'lighthouse' })
      .or(page.getByText('lighthouse'))
      .first()
      .click();
    await page.getByRole('link', { name: '#tavern › message' }).click();
    await message(page, 'The lamp was lit.').waitFor();
    await expect.poll(() => focused(page)).toContain('The lamp was lit.');
  });

  it('runs a slash command by keyboard alone, with autocomplete and choices', async () => {
    const page = await open();
    await page.keyboard.type('/sta');
    await page.getByRole('option', { name: '/start' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('osw');
    await page.getByRole('option', { name: 'Captain Oswin Hale' }).waitFor();
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.type('mo');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Tense' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const answer = message(page, 'Captain Oswin Hale walks in, tense.');
    await answer.waitFor();
    expect(await answer.textContent()).toContain('Ada used /start');
    expect(await focused(page)).toContain('Message in #tavern');
  });

  it('says what is missing instead of sending half a command', async () => {
    const page = await open();
    await page.keyboard.type('/start ');
    await page.getByRole('option', { name: 'Mira Thornfield' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByText('character is needed').waitFor();
    expect(await page.locator('[aria-invalid=true]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toContain('Message in #tavern');
  });

  it('presses a button, fills in the form that opens, and reads an answer of its own', async () => {
    const page = await open();
    await (await channel()).send({ content: 'Who are you?', components: [introduce()] });
    const button = page.getByRole('button', { name: 'Introduce yourself' });
    await button.click();
    const dialog = page.getByRole('dialog', { name: 'Your part' });
    const name = dialog.getByLabel('Name');
    expect(await name.getAttribute('placeholder')).toBe('As the others call you');
    expect(await dialog.getByLabel('Looks').inputValue()).toBe('Mud to the knees.');
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await dialog.getByText('This is needed.').waitFor();
    await name.fill('Wren');
    await name.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const answer = message(page, 'Wren: Mud to the knees.');
    await answer.getByText('Only you can see this').waitFor();
    expect(await focused(page)).toContain('Introduce yourself');

    const other = await open();
    await other.getByRole('button', { name: 'Playing as Ada' }).click();
    await other.getByRole('menuitemradio', { name: 'Bruno' }).click();
    await other.getByRole('button', { name: 'Playing as Bruno' }).waitFor();
    await message(other, 'Who are you?').waitFor();
    expect(await message(other, 'Wren').count()).toBe(0);

    await answer.getByRole('button', { name: 'Dismiss' }).click();
    await answer.waitFor({ state: 'detached' });
    await page.reload();
    await message(page, 'Who are you?').waitFor();
    expect(await message(page, 'Wren').count()).toBe(0);
  });

  it('keeps to the newest question when an older one is answered late', async () => {
    const page = await open();
    await page.keyboard.type('/start ');
    await page.getByRole('option', { name: 'The Ferryman' }).waitFor();
    await page.keyboard.type('slow');
    await page.waitForTimeout(400);
    for (let key = 0; key < 4; key++) await page.keyboard.press('Backspace');
    await page.keyboard.type('mira');
    await page.getByRole('option', { name: 'Mira Thornfield' }).waitFor();
    await page.waitForTimeout(900);
    expect(await page.getByRole('option').allTextContents()).toEqual(['Mira Thornfield']);
  });

  it('shows that an answer is being thought about, then the answer in its place', async () => {
    const page = await open();
    await page.keyboard.type('/ponder');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const answer = message(page, 'Troupe is thinking');
    await answer.waitFor();
    expect(await answer.count()).toBe(1);
    await message(page, 'A thought.').waitFor();
    expect(await answer.count()).toBe(0);
  });

  it('chooses from a select menu by keyboard, and the message changes in place', async () => {
    const page = await open();
    await (await channel()).send({ content: 'The drawer', components: [tabs()] });
    const select = message(page, 'The drawer').getByRole('button', { name: 'Choose a tab' });
    await select.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: 'Choose a tab' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await message(page, 'Tab: cast').waitFor();
    expect(await message(page, 'The drawer').count()).toBe(0);
  });

  it('takes nothing that a message says for markup of its own', async () => {
    const page = await open();
    await (await channel()).send({
      content: '<img src=x onerror=alert(1)> [go](javascript:alert(1)) <b>bold</b>',
      embeds: [{ title: '<script>alert(1)</script>', description: '<i>x</i>' }],
    });
    const shown = message(page, '<b>bold</b>');
    await shown.waitFor();
    expect(await shown.locator('.message-main :is(img, script, b, i, a)').count()).toBe(0);
  });

  it('reads backwards without losing its place', async () => {
    const ada = sandbox.as('Ada');
    for (let line = 1; line <= 120; line++)
      await ada.say(sandbox.channel('tavern'), `Line ${line}`);
    const page = await open();
    await message(page, 'Line 120').waitFor();
    expect(await message(page, /Line 20$/).count()).toBe(0);
    const log = page.locator('#log');
    await log.evaluate((element) => element.scrollTo(0, 100));
    await message(page, /Line 30$/).waitFor();
    expect(await log.evaluate((element) => element.scrollTop)).toBeGreaterThan(500);
    await log.evaluate((element) => element.scrollTo(0, 0));
    await message(page, /Line 1$/).waitFor();
    await page.getByText('The story begins here.').waitFor();
  });

  it('sends a picture and shows it', async () => {
    const page = await open();
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 30 } });
    await page
      .locator('#composer-file')
      .setInputFiles({ name: 'lantern.png', mimeType: 'image/png', buffer: picture });
    await page.getByText('lantern.png').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    const image = page.getByRole('img', { name: 'lantern.png' });
    await image.waitFor();
    const width = () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
    await expect.poll(width).toBe(40);
    expect(await page.locator('#composer-files').isVisible()).toBe(false);
  });

  it('remembers the theme that was chosen', async () => {
    const page = await open({ colorScheme: 'light' });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'Use the dark theme' }).click();
    expect(await theme()).toBe('dark');
    await page.reload();
    expect(await theme()).toBe('dark');
  });

  it('moves through the messages by keyboard', async () => {
    const place = await channel();
    await place.send('First');
    await place.send('Second');
    const page = await open();
    await message(page, 'Second').waitFor();
    await page.locator('#log').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toContain('First');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Reply');
    await page.keyboard.press('Enter');
    await page.getByText('Replying to Troupe').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByText('Replying to Troupe').count()).toBe(0);
  });

  it('shows failures where they happen', async () => {
    const page = await open();
    await (await channel()).send({ content: 'A stuck door', components: [stuck()] });
    const asked = new Promise((resolve) => client.once(Events.InteractionCreate, resolve));
    await page.getByRole('button', { name: 'Push' }).click();
    await asked;
    sandbox.faults.moveClock(3_000);
    await message(page, 'A stuck door').getByText('did not respond').waitFor();
  });

  it('lets a message of the application answer from its context menu', async () => {
    const page = await open();
    await (await channel()).send('The lamp gutters.');
    await message(page, 'The lamp gutters.').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remember this' }).click();
    await message(page, 'Remembered: The lamp gutters.').waitFor();
  });

  it('shows commands in the language that a person chose', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ada you' }).click();
    await page.getByRole('menuitemradio', { name: 'Русский' }).click();
    // What is proposed is read when it is typed.
    await expect
      .poll(async () => {
        await page.getByRole('combobox').fill('/pon');
        return page.getByRole('option').first().textContent();
      })
      .toContain('Подумать минуту');
    await page.getByRole('combobox').fill('');
    await (await channel()).send('The lamp gutters.');
    await message(page, 'The lamp gutters.').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Запомнить это' }).click();
    await message(page, 'Remembered: The lamp gutters.').waitFor();
  });

  it('shows a reply as it streams, under its own name, without moving the reader', async () => {
    const page = await open();
    const place = await channel();
    for (let line = 1; line <= 30; line++) await place.send(`Line ${line}`);
    await message(page, 'Line 30').waitFor();
    const webhook = await place.createWebhook({ name: 'stage' });
    const said = await webhook.send({ username: 'Mira', content: 'Shut' });
    const reply = message(page, 'Shut');
    expect(await reply.textContent()).toContain('Mira');
    expect(await reply.locator('.tag').count()).toBe(0);
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(4);

    await mark(reply);
    await webhook.editMessage(
      said.id,
      `Shut it behind you.\n${'The marsh comes in.\n'.repeat(20)}`,
    );
    await message(page, 'Shut it behind you.').waitFor();
    expect(await isMarked(message(page, 'Shut it behind you.'))).toBe(true);
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(4);

    await page.locator('#log').evaluate((log) => log.scrollTo(0, 0));
    await expect.poll(() => distanceToEnd(page)).toBeGreaterThan(300);
    const top = await page.locator('#log').evaluate((log) => log.scrollTop);
    await webhook.send({ username: 'Mira', content: 'And bar it.' });
    const button = page.getByRole('button', { name: 'New messages' });
    await button.waitFor();
    expect(await page.locator('#log').evaluate((log) => log.scrollTop)).toBe(top);
    await button.click();
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(4);
    expect(await button.isVisible()).toBe(false);
  });

  it('marks what was not seen, and opens threads and direct messages', async () => {
    const page = await open();
    const other = (await client.channels.fetch(sandbox.channel('lighthouse'))) as TextChannel;
    await other.send('The light is on.');
    const entry = page.getByRole('button', { name: 'lighthouse unread' });
    await entry.click();
    await message(page, 'The light is on.').waitFor();
    expect(await entry.count()).toBe(0);

    await message(page, 'The light is on.').hover();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Start a thread' }).click();
    await page.getByLabel('Name of the thread').fill('Who lit it');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Who lit it' }).waitFor();
    await page.getByRole('button', { name: 'lighthouse', exact: true }).click();
    const link = message(page, 'The light is on.').getByRole('button', { name: 'Who lit it' });
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Who lit it' }).waitFor();

    await page.getByRole('button', { name: 'Write to Troupe' }).click();
    await page.getByRole('heading', { level: 1, name: 'Troupe' }).waitFor();
    await page.keyboard.type('Are you there?');
    await page.keyboard.press('Enter');
    await message(page, 'Are you there?').waitFor();
  });

  it('comes back by itself and catches up', async () => {
    const sockets: WebSocketRoute[] = [];
    let down = false;
    const page = await open({}, (socket) => {
      if (down) return socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    const place = await channel();
    const before = await place.send('Said before');
    await message(page, 'Said before').waitFor();
    down = true;
    for (const socket of sockets) await socket.close();
    await page.getByText('Connection lost').waitFor();
    await before.edit('Said before, and mended');
    await place.send('Said meanwhile');
    down = false;
    await message(page, 'Said meanwhile').waitFor();
    await message(page, 'and mended').waitFor();
    await expect.poll(() => page.getByText('Connection lost').count()).toBe(0);
  });

  it('is usable at the width of a phone', async () => {
    const page = await open(PHONE);
    const wide = '*'.repeat(3) + 'W'.repeat(400);
    await (await channel()).send({ content: wide, components: [introduce()] });
    await message(page, 'WWW').waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await message(page, 'WWW').dispatchEvent('pointerdown', { pointerType: 'touch' });
    await page.getByRole('menuitem', { name: 'Remember this' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Channels' }).tap();
    await page.getByRole('button', { name: 'lighthouse' }).tap();
    await page.getByRole('heading', { level: 1, name: 'lighthouse' }).waitFor();
    await page.getByRole('button', { name: 'People' }).tap();
    await page.getByRole('button', { name: 'Bruno' }).tap();
    await page.getByRole('menuitem', { name: 'Play as Bruno' }).tap();
    await page.getByRole('button', { name: 'Channels' }).tap();
    await page.getByRole('button', { name: 'Playing as Bruno' }).waitFor();
  });

  it.each([{ colorScheme: 'dark' }, { colorScheme: 'light', ...PHONE }] as const)(
    'has no serious accessibility finding ($colorScheme, $viewport)',
    async (options) => {
      const page = await open(options);
      expect(await findings(page)).toEqual([]);
      const place = await channel();
      await place.send({ embeds: [card()], components: [introduce(), stuck()] });
      await place.send(
        '# A heading\n> quoted ||hidden|| `code`\n-# small <t:1700000000:R>\n- list',
      );
      await message(page, 'A heading').waitFor();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('combobox', { name: 'Message in #tavern' }).fill('/');
      await page.getByRole('option', { name: '/start' }).waitFor();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('option', { name: '/start' }).click();
      await page.getByRole('option', { name: 'Mira Thornfield' }).waitFor();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Introduce yourself' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findings(page)).toEqual([]);
    },
  );
});

function distanceToEnd(page: Page): Promise<number> {
  return page
    .locator('#log')
    .evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
}

/** Marks the node that holds the text, to see later whether it was kept. */
async function mark(of: ReturnType<typeof message>): Promise<void> {
  await of.locator('.md-paragraph').evaluate((node) => Object.assign(node, { kept: true }));
}

async function isMarked(of: ReturnType<typeof message>): Promise<boolean> {
  return of.locator('.md-paragraph').evaluate((node) => 'kept' in node);
}
