import { setTimeout as sleep } from 'node:timers/promises';
import { type APIMessage, ComponentType, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { everyWay, type Scene } from '../support/everyWay.ts';
import { formAfter, press } from '../support/forms.ts';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const isEphemeral = ({ flags }: APIMessage) => flags === MessageFlags.Ephemeral;
const textOf = (message: APIMessage) => JSON.stringify([message.content, message.embeds]);
/** The custom id of the select that stands in a row, counted from 0. */
const selectIn = ({ components }: APIMessage, row: number): string => {
  const [first] =
    components?.[row]?.type === ComponentType.ActionRow ? components[row].components : [];
  return first !== undefined && 'custom_id' in first ? first.custom_id : '';
};
const isDashboard = (message: APIMessage) =>
  message.embeds[0]?.title === 'Settings of this server' && 'Set limits' in buttonsOf(message);

test('a server is set by whoever manages it: rights to roles, adults, language; and stays so', async () => {
  const { house, ann, bob, tavern, sandbox } = await inTavern();
  const players = sandbox.controls.createRole(sandbox.guild, 'Players');
  const dashboard = async () => {
    await ann.command(tavern, 'settings');
    return ann.waitFor(tavern, isDashboard);
  };
  await bob.command(tavern, 'settings');
  const refusal = await bob.waitFor(tavern, isEphemeral);
  expect(refusal.content).toContain('"Manage Server"');

  const card = await dashboard();
  await ann.select(card, selectIn(card, 0), ['start']);
  const grants = await ann.waitFor(tavern, (each) => 'Back' in buttonsOf(each));
  const roles = selectIn(grants, 0);
  await Promise.all([ann.select(grants, roles, [players]), ann.select(grants, roles, [players])]);
  // Both have been answered: the card was drawn once for the choice of the right, and twice for these.
  const drawn = () =>
    ann.notices.filter(
      (each) => each.kind === 'messageEdited' && 'Back' in buttonsOf(each.message),
    );
  await ann.until(() => (drawn().length >= 3 ? true : undefined));
  await house.restart();
  await press(ann, grants, 'Back');
  const now = await ann.waitFor(tavern, (each) => textOf(each).includes(`<@&${players}>`));
  await bob.command(tavern, 'start', WENNA);
  await bob.waitFor(tavern, ({ content }) => content.includes('Only some roles may begin a story'));
  sandbox.controls.setRoles(sandbox.guild, bob.id, [players]);
  await bob.command(tavern, 'start', WENNA);
  await bob.waitFor(tavern, (each) => 'Begin' in buttonsOf(each));

  await ann.select(now, selectIn(now, 1), ['nowhere']);
  const without = await ann.waitFor(tavern, (each) => textOf(each).includes('"value":"Nowhere"'));
  await ann.select(without, selectIn(without, 2), ['ru']);
  await ann.waitFor(tavern, (each) => textOf(each).includes('"value":"Русский"'));
  // What everyone reads is in that language from then on; what one person reads, in their own.
  await ann.say(tavern, `<@${sandbox.applicationId}>`);
  await ann.waitFor(tavern, ({ content }) => content.includes('Здесь пока не идёт ни одной'));
  const events = house.store.load(`home:${sandbox.guild}`);
  expect(
    events.filter(({ type }) => type === 'HomeConfigured').map(({ payload }) => payload),
  ).toEqual([
    { settings: { 'right.start': players } },
    { settings: { adults: 'nowhere' } },
    { settings: { language: 'ru' } },
  ]);
});

test('what is past a day’s limit stays in the story, is told once, and is answered with what comes later', async () => {
  let ahead = 0;
  const clock = {
    now: () => Date.now() + ahead,
    sleep: (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal ? { signal } : {}),
  };
  const { house, ann, bob, tavern, begin, models, settled, sandbox } = await inTavern({ clock });
  await begin();
  const told = (part: string) => ann.waitFor(tavern, (each) => textOf(each).includes(part));
  await ann.command(tavern, 'settings');
  const card = await ann.waitFor(tavern, isDashboard);
  const form = async () => formAfter(press(ann, card, 'Set limits'));
  const first = await form();
  expect(first.values).toMatchObject({ personTurns: '', homeTokens: '' });
  await ann.submit(first.id, { ...first.values, personTurns: 'a few' });
  await told('A limit is a whole number');
  await ann.submit((await form()).id, { ...first.values, personTurns: '1' });
  await told('Each person: 1 message');

  models.script('One.', 'Both of you.', 'A new day.');
  await ann.say(tavern, 'First.');
  const one = await settled('One.');
  await ann.say(tavern, 'Second.');
  await told('Your part of today is used up');
  await ann.say(tavern, 'Third.');
  await press(ann, one, 'Regenerate').catch(() => {});
  for (const [path, options] of [
    ['regenerate', {}],
    ['whisper', { to: 'Wenna Tarrant', text: 'Psst.' }],
  ] as const) {
    const from = ann.notices.length;
    await ann.command(tavern, path, options);
    const refused = () =>
      ann.notices.slice(from).find((each) => JSON.stringify(each).includes('Try again <t:'));
    await ann.until(refused, { what: () => path });
  }
  // Somebody else has their own day, and whoever answers has read everything.
  await bob.say(tavern, 'Mine.');
  await settled('Both of you.');
  const prompt = JSON.stringify(models.requests.at(-1)?.body);
  for (const words of ['Second.', 'Third.', 'Mine.']) expect(prompt).toContain(words);
  expect(
    sandbox.allMessages(tavern).filter(({ content }) => content.startsWith('Your part of today')),
  ).toHaveLength(1);

  // The day counts over a restart, and ends.
  await house.restart();
  await ann.command(tavern, 'start', WENNA);
  await told('Try again <t:');
  ahead = 24 * 60 * 60_000;
  await ann.say(tavern, 'Good morning.');
  await settled('A new day.');
  const spent = house.store.spent(sandbox.guild, null, new Date().toISOString().slice(0, 10));
  expect(spent.turns).toBe(4);
  expect(spent.tokens).toBeGreaterThan(0);
});

const dashboardOf = async ({ ann, channel, see }: Scene) => {
  const known = new Set(ann.messages(channel, { limit: 100 }).map(({ id }) => id));
  await ann.command(channel, 'settings');
  return see(ann, (each) => !known.has(each.id) && isDashboard(each));
};
const choosing = (name: string, row: number, values: string[]) => ({
  name,
  guildOnly: true as const,
  ready: async (scene: Scene) => {
    const card = await dashboardOf(scene);
    return (who: Scene['ann']) => who.select(card, selectIn(card, row), values);
  },
});

test('everything about a server’s settings is answered, whoever asks and wherever', () =>
  everyWay([
    {
      name: '/settings',
      refused: true,
      ready:
        async ({ channel }) =>
        (who) =>
          who.command(channel, 'settings'),
    },
    choosing('picking a right', 0, ['rewind']),
    choosing('adults', 1, ['nowhere']),
    choosing('language', 2, ['en']),
    {
      name: 'the form of limits',
      guildOnly: true,
      ready: async (scene) => {
        const card = await dashboardOf(scene);
        const { id, values } = await formAfter(press(scene.ann, card, 'Set limits'));
        return (who) => who.submit(id, { ...values, homeTurns: '10,000' });
      },
    },
  ]));
