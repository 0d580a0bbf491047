import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { call, problems } from './support.ts';

const V2 = 1 << 15;
const x = (length: number) => 'x'.repeat(length);
const button = (more: object = {}) => ({
  type: 2,
  style: 2,
  label: 'Go',
  custom_id: 'go',
  ...more,
});
const row = (...components: object[]) => ({ type: 1, components });
const select = (more: object = {}) => ({
  type: 3,
  custom_id: 'pick',
  options: [{ label: 'One', value: '1' }],
  ...more,
});
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
const buttons = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => button({ custom_id: `b${from + index}` }));
const field = { name: 'n', value: 'v' };
const words = (content: string) => ({ type: 10, content });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimits: 'off' });
});
afterAll(() => sandbox.close());

const send = (body: object) =>
  call(sandbox, 'POST', `/channels/${sandbox.channel('tavern')}/messages`, body);

describe('a message is taken', () => {
  test.each<[string, object]>([
    ...['◀', '▶️', '🔁', '👩‍🚀', '🇮🇹'].map((name): [string, object] => [
      `with the emoji ${name}`,
      { components: [row(button({ emoji: { name } }))] },
    ]),
    ['with 2,000 characters', { content: x(2000) }],
    ['with ten embeds', { embeds: Array(10).fill({ title: 'a' }) }],
    ['with a title of 256', { embeds: [{ title: x(256) }] }],
    ['with a description of 4,096', { embeds: [{ description: x(4096) }] }],
    ['with 25 fields', { embeds: [{ fields: Array(25).fill(field) }] }],
    ['with a field of 256 and 1,024', { embeds: [{ fields: [{ name: x(256), value: x(1024) }] }] }],
    ['with a footer of 2,048', { embeds: [{ footer: { text: x(2048) } }] }],
    ['with an author of 256', { embeds: [{ author: { name: x(256) } }] }],
    ['with 6,000 in embeds', { embeds: [{ description: x(4000) }, { description: x(2000) }] }],
    [
      'with five rows of five buttons',
      { content: 'a', components: [0, 5, 10, 15, 20].map((from) => row(...buttons(5, from))) },
    ],
    ['with a label of 80', { content: 'a', components: [row(button({ label: x(80) }))] }],
    ['with a custom id of 100', { content: 'a', components: [row(button({ custom_id: x(100) }))] }],
    ['with 25 options', { content: 'a', components: [row(select({ options: options(25) }))] }],
    [
      'with a placeholder of 150',
      { content: 'a', components: [row(select({ placeholder: x(150) }))] },
    ],
    ['with a nonce of 25', { content: 'a', nonce: x(25) }],
    ['with only components', { components: [row(button())] }],
    [
      'with a link button',
      {
        content: 'a',
        components: [row({ type: 2, style: 5, label: 'Go', url: 'https://a.test' })],
      },
    ],
    ['laid out with 4,000 characters', { flags: V2, components: [words(x(4000))] }],
    ['laid out with 40 components', { flags: V2, components: Array(40).fill(words('a')) }],
  ])('%s', async (_, body) => {
    expect((await send(body)).status).toBe(200);
  });
});

describe('a message is refused', () => {
  test.each<[string, object, string, string]>([
    [
      'with an emoji that is none',
      { content: 'a', components: [row(button({ emoji: { name: 'owl' } }))] },
      'components.0.components.0.emoji.name',
      'COMPONENT_INVALID_EMOJI',
    ],
    ['with 2,001 characters', { content: x(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
    [
      'with eleven embeds',
      { embeds: Array(11).fill({ title: 'a' }) },
      'embeds',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a title of 257',
      { embeds: [{ title: x(257) }] },
      'embeds.0.title',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a description of 4,097',
      { embeds: [{ description: x(4097) }] },
      'embeds.0.description',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with 26 fields',
      { embeds: [{ fields: Array(26).fill(field) }] },
      'embeds.0.fields',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a field name of 257',
      { embeds: [{ fields: [{ name: x(257), value: 'v' }] }] },
      'embeds.0.fields.0.name',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a field of 1,025',
      { embeds: [{ fields: [{ name: 'n', value: x(1025) }] }] },
      'embeds.0.fields.0.value',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a field without text',
      { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
      'embeds.0.fields.0.value',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'with a footer of 2,049',
      { embeds: [{ footer: { text: x(2049) } }] },
      'embeds.0.footer.text',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with an author of 257',
      { embeds: [{ author: { name: x(257) } }] },
      'embeds.0.author.name',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with an embed that shows nothing',
      { embeds: [{}] },
      'embeds.0.description',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'with a colour out of range',
      { embeds: [{ title: 'a', color: 0x1000000 }] },
      'embeds.0.color',
      'NUMBER_TYPE_MAX',
    ],
    [
      'with a picture by file:',
      { embeds: [{ title: 'a', image: { url: 'file:///etc' } }] },
      'embeds.0.image.url',
      'URL_TYPE_INVALID_SCHEME',
    ],
    [
      'with 6,001 in embeds',
      { embeds: [{ description: x(4000) }, { description: x(2001) }] },
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'with six rows',
      { content: 'a', components: [0, 1, 2, 3, 4, 5].map((from) => row(...buttons(1, from))) },
      'components',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with six buttons in a row',
      { content: 'a', components: [row(...buttons(6))] },
      'components.0.components',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a select and a button in a row',
      { content: 'a', components: [row(select(), button())] },
      'components.0.components',
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'with an empty row',
      { content: 'a', components: [row()] },
      'components.0.components',
      'BASE_TYPE_MIN_LENGTH',
    ],
    [
      'with a button outside a row',
      { content: 'a', components: [button()] },
      'components.0.type',
      'BASE_TYPE_CHOICES',
    ],
    [
      'with a label of 81',
      { content: 'a', components: [row(button({ label: x(81) }))] },
      'components.0.components.0.label',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a custom id of 101',
      { content: 'a', components: [row(button({ custom_id: x(101) }))] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with an empty custom id',
      { content: 'a', components: [row(button({ custom_id: '' }))] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'with a button without custom id',
      { content: 'a', components: [row({ type: 2, style: 1, label: 'a' })] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'with a link button without url',
      { content: 'a', components: [row({ type: 2, style: 5, label: 'a' })] },
      'components.0.components.0.url',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'with one custom id twice',
      { content: 'a', components: [row(button(), button())] },
      'components.0.components.1.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'with one custom id in two rows',
      { content: 'a', components: [row(button()), row(select({ custom_id: 'go' }))] },
      'components.1.components.0.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'with 26 options',
      { content: 'a', components: [row(select({ options: options(26) }))] },
      'components.0.components.0.options',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a select without options',
      { content: 'a', components: [row(select({ options: [] }))] },
      'components.0.components.0.options',
      'BASE_TYPE_MIN_LENGTH',
    ],
    [
      'with one option value twice',
      { content: 'a', components: [row(select({ options: [...options(1), ...options(1)] }))] },
      'components.0.components.0.options.1.value',
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'with an option label of 101',
      { content: 'a', components: [row(select({ options: [{ label: x(101), value: '1' }] }))] },
      'components.0.components.0.options.0.label',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a placeholder of 151',
      { content: 'a', components: [row(select({ placeholder: x(151) }))] },
      'components.0.components.0.placeholder',
      'BASE_TYPE_MAX_LENGTH',
    ],
    ['with a nonce of 26', { content: 'a', nonce: x(26) }, 'nonce', 'BASE_TYPE_MAX_LENGTH'],
    ['with content that is no text', { content: 5 }, 'content', 'STRING_TYPE_CONVERT'],
    [
      'with both ways to allow mentions',
      { content: 'a', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
      'allowed_mentions.parse',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'with an unknown kind of mention',
      { content: 'a', allowed_mentions: { parse: ['all'] } },
      'allowed_mentions.parse.0',
      'BASE_TYPE_CHOICES',
    ],
    [
      'that answers nothing',
      { content: 'a', message_reference: { message_id: '123456789012345678' } },
      'message_reference',
      'REPLIES_UNKNOWN_MESSAGE',
    ],
    [
      'with a file that was not sent',
      { content: 'a', attachments: [{ id: 0, filename: 'a.txt' }] },
      'attachments.0',
      'MESSAGE_ATTACHMENT_NOT_FOUND',
    ],
    [
      'laid out with 4,001 characters',
      { flags: V2, components: [words(x(4000)), words('x')] },
      'components',
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    [
      'laid out with 41 components',
      { flags: V2, components: [{ type: 17, components: Array(40).fill(words('a')) }] },
      'components',
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    ],
    [
      'laid out with content',
      { flags: V2, content: 'a', components: [words('a')] },
      'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'laid out with embeds',
      { flags: V2, embeds: [{ title: 'a' }], components: [words('a')] },
      'embeds',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'with layout but without the flag',
      { components: [words('a')] },
      'components.0.type',
      'BASE_TYPE_CHOICES',
    ],
    [
      'with a text input',
      { content: 'a', components: [row({ type: 4, custom_id: 'a', style: 1, label: 'a' })] },
      'components.0.components.0.type',
      'BASE_TYPE_CHOICES',
    ],
  ])('%s', async (_, body, path, code) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    expect(problems(answer.body)).toContainEqual([path, code]);
  });

  test.each<[string, object]>([
    ['without anything', {}],
    ['with empty text', { content: '' }],
    ['with only blanks', { content: ' \n\t ' }],
    ['with empty lists', { embeds: [], components: [] }],
  ])('%s: 50006', async (_, body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { code: 50006 } });
  });
});

test('outer blanks are cut off, as Discord does', async () => {
  expect((await send({ content: '  two words \n' })).body).toMatchObject({ content: 'two words' });
});

test('an edit keeps to the same limits, and cannot leave nothing or take the layout flag back', async () => {
  const path = `/channels/${sandbox.channel('tavern')}/messages`;
  const { body } = await send({ content: 'a' });
  const { id } = body as { id: string };
  const edit = (change: object) => call(sandbox, 'PATCH', `${path}/${id}`, change);
  expect(await edit({ content: x(2001) })).toMatchObject({ status: 400, body: { code: 50035 } });
  expect(await edit({ content: '' })).toMatchObject({ status: 400, body: { code: 50006 } });
  expect(await edit({ content: '', embeds: [{ title: 'b' }] })).toMatchObject({ status: 200 });
  const laidOut = await send({ flags: V2, components: [words('a')] });
  const again = await call(sandbox, 'PATCH', `${path}/${(laidOut.body as { id: string }).id}`, {
    flags: 0,
    content: 'plain',
  });
  expect(problems(again.body)).toContainEqual([
    'content',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ]);
});

test('one nonce makes one message when it is enforced', async () => {
  const first = await send({ content: 'once', nonce: 'n1', enforce_nonce: true });
  const second = await send({ content: 'once', nonce: 'n1', enforce_nonce: true });
  const third = await send({ content: 'once', nonce: 'n1' });
  const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id;
  expect(idOf(second)).toBe(idOf(first));
  expect(idOf(third)).not.toBe(idOf(first));
});

test('lists come newest first, within 1 to 100, before, after and around an id', async () => {
  const channel = sandbox.channel('lighthouse');
  const ada = sandbox.as('Ada');
  const ids: string[] = [];
  for (let count = 0; count < 7; count += 1) ids.push((await ada.say(channel, `${count}`)).id);
  const list = async (query: string) => {
    const { body } = await call(sandbox, 'GET', `/channels/${channel}/messages?${query}`);
    return (body as { id: string }[]).map(({ id }) => ids.indexOf(id));
  };
  expect(await list('limit=3')).toEqual([6, 5, 4]);
  expect(await list(`limit=2&before=${ids[3]}`)).toEqual([2, 1]);
  expect(await list(`limit=2&after=${ids[3]}`)).toEqual([5, 4]);
  expect(await list(`limit=3&around=${ids[3]}`)).toEqual([4, 3, 2]);
  for (const limit of [0, 101]) {
    const answer = await call(sandbox, 'GET', `/channels/${channel}/messages?limit=${limit}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
  }
});

test('a bulk deletion takes 2 to 100 messages, none older than 14 days', async () => {
  const channel = sandbox.channel('rehearsal-room');
  const ada = sandbox.as('Ada');
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) ids.push((await ada.say(channel, 'x')).id);
  const remove = (messages: string[]) =>
    call(sandbox, 'POST', `/channels/${channel}/messages/bulk-delete`, { messages });
  expect((await remove(ids.slice(0, 1))).status).toBe(400);
  expect((await remove(Array(101).fill(ids[0]))).status).toBe(400);
  const old = String(((BigInt(Date.now()) - 1_420_070_400_000n - 15n * 86_400_000n) << 22n) + 1n);
  expect(await remove([old, ...ids])).toMatchObject({ body: { code: 50034 } });
  expect((await remove(ids)).status).toBe(204);
  expect(sandbox.allMessages(channel)).toEqual([]);
});

test('ids that are no ids, unknown ids, routes and methods are refused as Discord does', async () => {
  const tavern = sandbox.channel('tavern');
  expect(problems((await call(sandbox, 'GET', '/channels/abc')).body)).toEqual([
    ['channel_id', 'NUMBER_TYPE_COERCE'],
  ]);
  const unknown = '123456789012345678';
  expect(await call(sandbox, 'GET', `/channels/${unknown}`)).toMatchObject({
    body: { code: 10003 },
  });
  expect(await call(sandbox, 'GET', `/guilds/${unknown}`)).toMatchObject({ body: { code: 10004 } });
  expect(await call(sandbox, 'GET', `/channels/${tavern}/messages/${unknown}`)).toMatchObject({
    status: 404,
    body: { code: 10008 },
  });
  expect(await call(sandbox, 'GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 0 } });
  expect(await call(sandbox, 'PUT', `/channels/${tavern}/messages`)).toMatchObject({ status: 405 });
  expect(
    await call(sandbox, 'GET', '/users/@me', undefined, { authorization: 'Bot wrong' }),
  ).toMatchObject({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
});
