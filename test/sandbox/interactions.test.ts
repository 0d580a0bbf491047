import { describe, expect, test } from 'vitest';
import type { Actor, ActResult, Sandbox } from '../../src/sandbox/index.ts';
import { type RawInteraction, RawSession } from './rawSession.ts';
import { call, open, problems } from './support.ts';

const EPHEMERAL = 64;
const V2 = 1 << 15;
const TAVERN = 'tavern';
const button = { type: 1, components: [{ type: 2, style: 2, label: 'Go', custom_id: 'go' }] };
const form = {
  custom_id: 'form',
  title: 'Form',
  components: [{ type: 1, components: [{ type: 4, custom_id: 'text', style: 1, label: 'Text' }] }],
};

interface Stage {
  sandbox: Sandbox;
  ada: Actor;
  session: RawSession;
  /** Runs /go as Ada: the interaction as the application gets it, and what Ada sees come of it. */
  go: () => Promise<{ interaction: RawInteraction; result: Promise<ActResult> }>;
  answer: (interaction: RawInteraction, body: object) => ReturnType<typeof call>;
}

async function stage(): Promise<Stage> {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'go', description: 'Go' },
  ]);
  const ada = sandbox.as('Ada');
  return {
    sandbox,
    ada,
    session,
    go: async () => {
      const result = ada.command(sandbox.channel(TAVERN), 'go');
      return { interaction: await session.interaction(), result };
    },
    answer: (interaction, body) =>
      call(sandbox, 'POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body),
  };
}

describe('the first answer', () => {
  test('is taken once: 40060 after that', async () => {
    const { go, answer } = await stage();
    const { interaction, result } = await go();
    expect((await answer(interaction, { type: 4, data: { content: 'a' } })).status).toBe(204);
    expect(await answer(interaction, { type: 4, data: { content: 'b' } })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });
    expect(await result).toMatchObject({ kind: 'message', message: { content: 'a', type: 20 } });
  });

  test('must come within 3 s: 10062 after that, and the person sees a failure', async () => {
    const { sandbox, go, answer } = await stage();
    const { interaction, result } = await go();
    sandbox.faults.moveClock(3_001);
    expect(await result).toEqual({
      kind: 'failed',
      message: 'The application did not respond',
    });
    expect(await answer(interaction, { type: 5 })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
  });

  test('within 3 s leaves the token good for 15 minutes: 50027 after that', async () => {
    const { sandbox, go, answer } = await stage();
    const { interaction } = await go();
    await answer(interaction, { type: 5 });
    const path = `/webhooks/${sandbox.applicationId}/${interaction.token}`;
    sandbox.faults.moveClock(14 * 60_000);
    const edit = { content: 'late' };
    expect((await call(sandbox, 'PATCH', `${path}/messages/@original`, edit)).status).toBe(200);
    sandbox.faults.moveClock(60_001);
    expect(await call(sandbox, 'PATCH', `${path}/messages/@original`, edit)).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
  });

  test('comes before any follow-up: 10015 until then', async () => {
    const { sandbox, go } = await stage();
    const { interaction } = await go();
    const path = `/webhooks/${sandbox.applicationId}/${interaction.token}`;
    expect(await call(sandbox, 'POST', path, { content: 'a' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
  });

  test('with a wrong token, or to nothing, is 10062', async () => {
    const { go, answer } = await stage();
    const { interaction } = await go();
    expect(await answer({ ...interaction, token: 'other' }, { type: 5 })).toMatchObject({
      body: { code: 10062 },
    });
    expect(await answer({ ...interaction, id: '123456789012345678' }, { type: 5 })).toMatchObject({
      body: { code: 10062 },
    });
  });

  test('that is refused can be given again, rightly', async () => {
    const { go, answer } = await stage();
    const { interaction, result } = await go();
    const long = await answer(interaction, { type: 4, data: { content: 'x'.repeat(2001) } });
    expect(problems(long.body)).toEqual([['data.content', 'BASE_TYPE_MAX_LENGTH']]);
    expect(await answer(interaction, { type: 4, data: {} })).toMatchObject({
      body: { code: 50006 },
    });
    expect((await answer(interaction, { type: 4, data: { content: 'a' } })).status).toBe(204);
    expect((await result).kind).toBe('message');
  });

  test('with_response tells what came of it', async () => {
    const { sandbox, go } = await stage();
    const { interaction } = await go();
    const path = `/interactions/${interaction.id}/${interaction.token}/callback?with_response=true`;
    const { body } = await call(sandbox, 'POST', path, {
      type: 4,
      data: { content: 'a', flags: EPHEMERAL },
    });
    expect(body).toMatchObject({
      interaction: { id: interaction.id, response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'a' } },
    });
  });
});

describe('what may answer what', () => {
  test('a command cannot be answered by an update or by choices', async () => {
    const { go, answer } = await stage();
    const { interaction } = await go();
    for (const type of [1, 6, 7, 8, 99]) {
      expect((await answer(interaction, { type, data: { content: 'a' } })).status).toBe(400);
    }
  });

  test('a modal cannot answer a modal', async () => {
    const { go, answer, ada, session } = await stage();
    const { interaction, result } = await go();
    await answer(interaction, { type: 9, data: form });
    const opened = await result;
    if (opened.kind !== 'modal') throw new Error(opened.kind);
    const submitted = ada.submit(opened.modal, { text: 'a' });
    const second = await session.interaction();
    expect(second.type).toBe(5);
    expect((await answer(second, { type: 9, data: form })).status).toBe(400);
    // It came from a command: there is no message that could be updated.
    expect((await answer(second, { type: 6 })).status).toBe(400);
    expect((await answer(second, { type: 4, data: { content: 'a' } })).status).toBe(204);
    expect((await submitted).kind).toBe('message');
  });

  test('a button can defer an update, update, or open a modal', async () => {
    const { sandbox, go, answer, ada, session } = await stage();
    const { interaction } = await go();
    await answer(interaction, { type: 4, data: { content: 'card', components: [button] } });
    const card = await ada.waitFor(sandbox.channel(TAVERN), ({ content }) => content === 'card');
    const first = ada.click(card, 'go');
    const click = await session.interaction();
    expect(click).toMatchObject({ type: 3, message: { id: card.id } });
    expect((await answer(click, { type: 6 })).status).toBe(204);
    expect(await first).toEqual({ kind: 'done' });
    const path = `/webhooks/${sandbox.applicationId}/${click.token}/messages/@original`;
    expect((await call(sandbox, 'PATCH', path, { content: 'changed' })).status).toBe(200);
    const second = ada.click(card, 'go');
    await answer(await session.interaction(), { type: 7, data: { content: 'again' } });
    expect(await second).toMatchObject({
      kind: 'message',
      message: { id: card.id, content: 'again' },
    });
  });

  test('a deferral takes only the ephemeral flag; layout comes with the edit', async () => {
    const { sandbox, go, answer, ada } = await stage();
    const { interaction } = await go();
    const refused = await answer(interaction, { type: 5, data: { flags: V2 } });
    expect(problems(refused.body)).toEqual([['data.flags', 'MESSAGE_FLAGS_INVALID']]);
    expect((await answer(interaction, { type: 5, data: { flags: EPHEMERAL } })).status).toBe(204);
    const path = `/webhooks/${sandbox.applicationId}/${interaction.token}/messages/@original`;
    const laidOut = { flags: V2, components: [{ type: 10, content: 'a' }] };
    expect((await call(sandbox, 'PATCH', path, laidOut)).status).toBe(200);
    expect(ada.messages(sandbox.channel(TAVERN)).at(-1)?.flags).toBe(EPHEMERAL | V2);
  });
});

test('the first follow-up after a deferral is its answer and keeps its ephemerality', async () => {
  const { sandbox, go, answer, ada } = await stage();
  const { interaction } = await go();
  await answer(interaction, { type: 5, data: { flags: EPHEMERAL } });
  const path = `/webhooks/${sandbox.applicationId}/${interaction.token}`;
  await call(sandbox, 'POST', path, { content: 'first' });
  await call(sandbox, 'POST', path, { content: 'second' });
  const tavern = sandbox.channel(TAVERN);
  expect(ada.messages(tavern).map(({ content }) => content)).toEqual(['first', 'second']);
  expect(
    sandbox
      .as('Bruno')
      .messages(tavern)
      .map(({ content }) => content),
  ).toEqual(['second']);
  const original = await call(sandbox, 'GET', `${path}/messages/@original`);
  expect(original.body).toMatchObject({ content: 'first', flags: EPHEMERAL });
  expect((await call(sandbox, 'DELETE', `${path}/messages/@original`)).status).toBe(204);
  expect(ada.messages(tavern).map(({ content }) => content)).toEqual(['second']);
});

test('an ephemeral message is nobody else’s, and not on the channel', async () => {
  const { sandbox, go, answer, ada, session } = await stage();
  const { interaction } = await go();
  await answer(interaction, {
    type: 4,
    data: { content: 'secret', flags: EPHEMERAL, components: [button] },
  });
  const tavern = sandbox.channel(TAVERN);
  const secret = await ada.waitFor(tavern, ({ content }) => content === 'secret');
  expect(sandbox.as('Bruno').messages(tavern)).toEqual([]);
  const path = `/channels/${tavern}/messages/${secret.id}`;
  expect(await call(sandbox, 'GET', path)).toMatchObject({ body: { code: 10008 } });
  expect(session.events('MESSAGE_CREATE')).toEqual([]);
  await expect(sandbox.as('Bruno').click(secret, 'go')).rejects.toThrow('no such message');
});

describe('a modal', () => {
  const input = (more: object = {}) => ({ type: 4, custom_id: 'a', style: 1, label: 'A', ...more });
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      type: 1,
      components: [input({ custom_id: `${index}` })],
    }));
  const label = (component: object, more: object = {}) => ({
    type: 18,
    label: 'A',
    component,
    ...more,
  });

  test.each<[string, object, string, string]>([
    ['with a title of 46', { title: 'x'.repeat(46) }, 'title', 'BASE_TYPE_MAX_LENGTH'],
    ['with six rows', { components: rows(6) }, 'components', 'BASE_TYPE_MAX_LENGTH'],
    ['with none', { components: [] }, 'components', 'BASE_TYPE_MIN_LENGTH'],
    [
      'with a label of 46',
      { components: [{ type: 1, components: [input({ label: 'x'.repeat(46) })] }] },
      'components.0.components.0.label',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with a prefill of 4,001',
      { components: [{ type: 1, components: [input({ value: 'x'.repeat(4001) })] }] },
      'components.0.components.0.value',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with one custom id twice',
      {
        components: [
          { type: 1, components: [input()] },
          { type: 1, components: [input()] },
        ],
      },
      'components.1.components.0.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'with a button',
      { components: [button] },
      'components.0.components.0.type',
      'BASE_TYPE_CHOICES',
    ],
    [
      'with a description of 101',
      {
        components: [
          label({ type: 4, custom_id: 'a', style: 1 }, { description: 'x'.repeat(101) }),
        ],
      },
      'components.0.description',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with an upload of eleven',
      { components: [label({ type: 19, custom_id: 'a', max_values: 11 })] },
      'components.0.component.max_values',
      'NUMBER_TYPE_MAX',
    ],
  ])('%s is refused', async (_, change, path, code) => {
    const { go, answer } = await stage();
    const { interaction } = await go();
    const { status, body } = await answer(interaction, { type: 9, data: { ...form, ...change } });
    expect(status).toBe(400);
    expect(problems(body)).toContainEqual([`data.${path}`, code]);
  });

  test('takes labels, selects and text to read', async () => {
    const { go, answer, ada, session } = await stage();
    const { interaction, result } = await go();
    const components = [
      { type: 10, content: 'Read this' },
      label({ type: 4, custom_id: 'text', style: 2, value: 'prefilled' }),
      label({ type: 3, custom_id: 'pick', options: [{ label: 'One', value: '1' }] }),
    ];
    expect((await answer(interaction, { type: 9, data: { ...form, components } })).status).toBe(
      204,
    );
    const opened = await result;
    if (opened.kind !== 'modal') throw new Error(opened.kind);
    void ada.submit(opened.modal, { pick: '1' });
    const { data } = await session.interaction();
    expect(data.components).toMatchObject([
      { type: 10 },
      { type: 18, component: { type: 4, custom_id: 'text', value: 'prefilled' } },
      { type: 18, component: { type: 3, custom_id: 'pick', values: ['1'] } },
    ]);
  });
});

test('an autocomplete takes up to 25 choices and nothing else', async () => {
  const { sandbox, session, ada, answer } = await stage();
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    {
      name: 'go',
      description: 'Go',
      options: [{ type: 3, name: 'where', description: 'Where', autocomplete: true }],
    },
  ]);
  const offered = ada.autocomplete(sandbox.channel(TAVERN), 'go', 'where');
  const interaction = await session.interaction();
  expect(interaction).toMatchObject({
    type: 4,
    data: { options: [{ name: 'where', value: '', focused: true }] },
  });
  const choices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `${index}`, value: `${index}` }));
  expect((await answer(interaction, { type: 4, data: { content: 'a' } })).status).toBe(400);
  expect((await answer(interaction, { type: 8, data: { choices: choices(26) } })).status).toBe(400);
  expect((await answer(interaction, { type: 8, data: { choices: choices(25) } })).status).toBe(204);
  expect(await offered).toHaveLength(25);
});

test('an autocomplete is over after 3 s', async () => {
  const { sandbox, session, ada, answer } = await stage();
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    {
      name: 'go',
      description: 'Go',
      options: [{ type: 3, name: 'where', description: 'Where', autocomplete: true }],
    },
  ]);
  const offered = ada.autocomplete(sandbox.channel(TAVERN), 'go', 'where');
  offered.catch(() => undefined);
  const interaction = await session.interaction();
  sandbox.faults.moveClock(3_001);
  await expect(offered).rejects.toThrow('did not respond');
  expect(await answer(interaction, { type: 8, data: { choices: [] } })).toMatchObject({
    status: 404,
    body: { code: 10062 },
  });
});

test('nobody answers when no application is connected', async () => {
  const sandbox = await open();
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'go', description: 'Go' },
  ]);
  const result = await sandbox.as('Ada').command(sandbox.channel(TAVERN), 'go');
  expect(result).toMatchObject({ kind: 'failed' });
});
