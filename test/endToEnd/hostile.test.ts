import type { Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const RUNS = 300;

test('a button with a field that was tampered with changes nothing, says nothing of another story, and ends nothing', async () => {
  const { ann, tavern, begin, models, settled, store, house, sandbox } = await inTavern({
    sandbox: { rateLimits: 'off' },
  });
  await begin();
  const other = sandbox.channel('lighthouse');
  await begin(other);
  models.script('One.');
  await ann.say(tavern, 'First.');
  await settled('One.');
  await ann.command(tavern, 'rewind', { to: '1' });
  const card = await ann.waitFor(tavern, (message) => 'Rewind' in buttonsOf(message));
  const real = buttonsOf(card).Rewind ?? '';
  const [here, there] = [store.chatIn(tavern) ?? '', store.chatIn(other) ?? ''];
  const node = store.chat(there)?.head ?? '';
  const [, , , to = ''] = real.split(':');
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const letters = () => String.fromCharCode(32 + Math.floor(random() * 0x2_000));
  const spoil: (() => Record<string, unknown>)[] = [
    () => ({ customId: real.replace(here, there) }),
    () => ({ customId: real.replace(to, node) }),
    () => ({ customId: real.replace(/^1:/, pick(['0:', '2:', ':', '1'])) }),
    () => ({
      customId: real.replace('rewind', pick(['undo', 'purge', 'stop', 'nothing', '__proto__'])),
    }),
    () => ({ customId: real.replace(/\d+$/, pick(['', '-1', '1e9', 'x'.repeat(4_000)])) }),
    () => ({ customId: `${real}:${letters().repeat(Math.floor(random() * 5_000))}` }),
    () => ({ customId: Array.from({ length: 40 }, letters).join('') }),
    () => ({ channelId: other }),
    () => ({ channelId: pick(['', '0', letters()]) }),
    () => ({ user: house.bot.client.user }),
  ];
  const storied = () =>
    JSON.stringify(
      [here, there].map((chat) => [store.chat(chat)?.head, store.chat(chat)?.version]),
    );
  const before = storied();
  let change: Record<string, unknown> = {};
  house.bot.client.prependListener('interactionCreate', (interaction: Interaction) => {
    for (const [field, value] of Object.entries(change)) {
      Object.defineProperty(interaction, field, { value, configurable: true });
    }
  });
  for (let run = 0; run < RUNS; run += 1) {
    change = (spoil[run % spoil.length] as () => Record<string, unknown>)();
    const result = await ann.click(card, real);
    expect(result.kind, JSON.stringify(change).slice(0, 200)).not.toBe('failed');
    expect(storied(), JSON.stringify(change).slice(0, 200)).toBe(before);
  }
  // As it was drawn, the same button does what it says.
  change = {};
  await ann.click(card, real);
  await expect.poll(storied).not.toBe(before);
  expect(house.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
