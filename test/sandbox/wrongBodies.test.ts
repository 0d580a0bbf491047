import { expect, test } from 'vitest';
import { routes } from '../../src/sandbox/routes/index.ts';
import { RawSession } from './rawSession.ts';
import { call, open } from './support.ts';

const BODIES: unknown[] = [
  null,
  [],
  'text',
  5,
  [null],
  { content: null, embeds: null, components: null, attachments: null },
  { components: 'x' },
  { components: [null] },
  { components: [{}] },
  { components: [{ type: 1, components: null }] },
  { components: [{ type: 'x' }] },
  { embeds: [null] },
  { embeds: [{ fields: [null] }] },
  { flags: 'x' },
  { flags: -1 },
  { type: 9, data: null },
  { type: 4, data: [] },
  { type: 8, data: { choices: null } },
  { messages: [null] },
  { name: null },
  { name: {}, image: 5 },
  { name: 'abc', image: 'data:image/png;base64,' },
  { name: 'abc', message: 5 },
  { recipient_id: 'x' },
  { message_reference: {} },
  { allowed_mentions: 5 },
  { channel_id: '1' },
  { name: 'a', description: 'a', options: [null] },
  [{ name: 'a', description: 'a', options: [{ type: 1, options: 5 }] }],
];

test('no body, however wrong, is the sandbox’s own failure', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const tavern = sandbox.channel('tavern');
  sandbox.controls.allow(tavern, ['ManageChannels', 'PinMessages']);
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'go', description: 'Go' },
  ]);
  const made = await call(sandbox, 'POST', `/channels/${tavern}/webhooks`, { name: 'a' });
  const hook = made.body as { id: string; token: string };
  void sandbox.as('Ada').command(tavern, 'go');
  const interaction = await session.interaction();
  const { body } = await call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'a' });
  const known: Record<string, string> = {
    application: sandbox.applicationId,
    guild: sandbox.guild,
    channel: tavern,
    message: (body as { id: string }).id,
    webhook: hook.id,
    interaction: interaction.id,
    user: sandbox.as('Ada').id,
    emoji: '%F0%9F%A6%89',
  };
  const failed: string[] = [];
  for (const { method, path } of routes) {
    if (method === 'GET' || method === 'DELETE') continue;
    const token = path.startsWith('/interactions') ? interaction.token : hook.token;
    const filled = path.replaceAll(/:(\w+)/g, (_, name) =>
      name === 'token' ? token : (known[name] ?? '123456789012345678'),
    );
    for (const wrong of BODIES) {
      const { status } = await call(sandbox, method, filled, wrong);
      if (status >= 500) failed.push(`${method} ${path} ${JSON.stringify(wrong)}`);
    }
  }
  expect(failed).toEqual([]);
});
