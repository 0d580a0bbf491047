import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import { authored } from '../support/authored.ts';
import { everyWay, type Scene } from '../support/everyWay.ts';
import { formAfter, press } from '../support/forms.ts';
import { DESMOND, WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const hasButton = (label: string) => (message: APIMessage) => label in buttonsOf(message);
const fieldsOf = ({ embeds }: APIMessage) =>
  Object.fromEntries((embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));

test('an opening is found in the prose, changed by a form, kept over a restart, and played as it was confirmed', async () => {
  const { house, ann, bob, tavern, models, store, settled } = await inTavern();
  models.scriptKickoff({
    json: {
      place: null,
      time: null,
      anchor: 'Day 1 = the flood',
      weather: 'Rain',
      activities: [{ who: 'e1', posture: 'leaning on the half-door', doing: 'listening' }],
      relationships: [{ who: 'e1', affinity: 70, trust: 30, summary: '{{user}} owes a button.' }],
    },
  });
  await ann.command(tavern, 'start', { ...WENNA, with: DESMOND.character });
  let card = await ann.waitFor(tavern, hasButton('Begin'));
  expect(models.kickoffs).toHaveLength(1);
  expect(store.chatIn(tavern)).toBeNull();
  expect(bob.messages(tavern)).toEqual([]);
  expect(fieldsOf(card)).toMatchObject({
    Who: 'Wenna Tarrant, Desmond Achterberg',
    Weather: 'Rain',
    'Counting days': 'Day 1 = the flood',
    'As it begins': '**Wenna Tarrant** leaning on the half-door, listening',
  });
  expect(fieldsOf(card)['To Ada']).toContain('warm ▰▰▰▰▱ 70');
  expect(fieldsOf(card)['To Ada']).toContain('Ada owes a button.');

  // It is for whoever asked, whatever somebody else's client sends.
  const { openings, beginning } = house.bot.troupe;
  const id = (buttonsOf(card).Begin ?? '').split(':').at(-1) ?? '';
  const stranger = {
    person: `user:${bob.id}`,
    managesChannels: true,
    managesServer: true,
    roles: [],
  };
  await expect(beginning.begin(id, stranger)).rejects.toThrow('not-yours');
  expect(() => openings.cancel(id, stranger)).toThrow('not-yours');
  await expect(beginning.begin('1', stranger)).rejects.toThrow('draft-gone');

  // What cannot be read says so, and is there again when the form is opened anew.
  const wrong = { place: 'The third arch', people: 'Nobody: waits', greeting: 'Mind the step.' };
  const form = () => formAfter(press(ann, card, 'Edit'));
  const submit = async (changed: Record<string, string>) => {
    const { id, values } = await form();
    await ann.submit(id, { ...values, ...changed });
  };
  await submit(wrong);
  await ann.waitFor(tavern, ({ content }) => content.includes('"Nobody: waits"'));
  expect((await form()).values).toMatchObject(wrong);
  await house.restart();
  const people = 'Wenna Tarrant: on the boat; mending (20/90 A debtor.)';
  await submit({ people });
  card = await ann.waitFor(tavern, (each) => fieldsOf(each).Where === 'The third arch');
  expect(fieldsOf(card)['First words']).toBe('Mind the step.');

  // A double click begins one story.
  const begins = buttonsOf(card).Begin ?? '';
  await Promise.all([ann.click(card, begins), ann.click(card, begins)]);
  await settled('Mind the step.');
  const opening = house.sandbox
    .allMessages(tavern)
    .filter(({ embeds }) => embeds[0]?.author?.name === 'Wenna Tarrant');
  expect(opening.map(fieldsOf)).toMatchObject([{ Where: 'The third arch', Weather: 'Rain' }]);
  const chat = store.chatIn(tavern) ?? '';
  const story = house.bot.troupe.world.storyOf(chat);
  expect(Object.values(story.cast).map(({ name }) => name)).toEqual([
    'Wenna Tarrant',
    'Desmond Achterberg',
    'Ada',
  ]);
  expect(relationshipOf(story, WENNA.character, `user:${ann.id}`)).toMatchObject({
    affinity: 20,
    trust: 90,
    summary: 'A debtor.',
  });
  expect(store.load(`chat:${chat}`).filter(({ type }) => type === 'ChatCreated')).toHaveLength(1);
});

test('first words are picked before, or swiped after; a character without any finds its own', async () => {
  const { house, ann, tavern, models, settled, store } = await inTavern();
  const { guild } = house.sandbox;
  const greetings = { greeting: 'One, {{user}}.', alternateGreetings: ['Two.', 'Three.'] };
  await authored(house, ann, { name: 'Ilse', ...greetings });
  await authored(house, ann, { name: 'Mute Tom', greeting: '' });
  await ann.command(tavern, 'start', { character: 'ilse' });
  const card = await ann.waitFor(tavern, hasButton('▶'));
  const later = buttonsOf(card)['▶'] ?? '';
  await Promise.all([ann.click(card, later), ann.click(card, later)]);
  const second = await ann.waitFor(tavern, (each) => 'First words · 2 of 3' in fieldsOf(each));
  await press(ann, second, 'Begin');
  const said = await settled('Two.');
  expect(buttonsOf(said)).toHaveProperty('◀');
  await press(ann, said, '▶');
  await settled('One, Ada.');

  models.script('I find my own.', 'Or others.');
  await ann.command(tavern, 'start', { character: 'Mute Tom' });
  await press(
    ann,
    await ann.waitFor(tavern, hasButton('Put it away, begin with Mute Tom')),
    'Put it away, begin with Mute Tom',
  );
  const own = await settled('I find my own.');
  expect(models.requests[0]?.body.messages.at(-1)).toMatchObject({ role: 'user' });
  await press(ann, own, 'Regenerate');
  await settled('Or others.');
  expect(store.spent(guild, `user:${ann.id}`, new Date().toISOString().slice(0, 10)).turns).toBe(0);
});

test('where nobody reads the prose, the opening is as its author wrote it', async () => {
  const { ann, tavern, models, logged } = await inTavern();
  models.scriptKickoff({ fault: { kind: 'bad-key' } }, { fault: { kind: 'bad-key' } });
  await ann.command(tavern, 'start', WENNA);
  const card = await ann.waitFor(tavern, hasButton('Begin'));
  expect(fieldsOf(card)).toMatchObject({ Where: 'The toll house on Halfpenny Bridge' });
  expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('adult characters play where Discord shows the channel to adults only, and nowhere a server says so', async () => {
  const { house, ann, tavern, sandbox, begin } = await inTavern();
  const den = sandbox.controls.createChannel(sandbox.guild, { name: 'den', nsfw: true });
  await authored(house, ann, { name: 'Vesna', greeting: 'Late.', adult: true });
  const told = (channel: string, part: string) =>
    ann.waitFor(
      channel,
      ({ content, flags }) => flags === MessageFlags.Ephemeral && content.includes(part),
    );
  await ann.command(tavern, 'start', { character: 'Vesna' });
  await told(tavern, 'age-restricted channels only');
  await begin();
  await ann.command(tavern, 'scene presence', { who: 'Vesna', how: 'comes' });
  await told(tavern, 'age-restricted channels only');
  await ann.command(den, 'start', { character: 'Vesna' });
  const card = await ann.waitFor(den, hasButton('Begin'));
  const by = { person: `user:${ann.id}`, managesChannels: true, managesServer: true, roles: [] };
  house.bot.troupe.settings.set(sandbox.guild, { adults: 'nowhere' }, { command: 'x', by });
  await press(ann, card, 'Begin');
  await told(den, 'plays without');
  expect(house.store.chatIn(den)).toBeNull();
});

const opening = async ({ ann, channel, see }: Scene) => {
  const known = new Set(ann.messages(channel, { limit: 100 }).map(({ id }) => id));
  await ann.command(channel, 'start', WENNA);
  return see(ann, (each) => !known.has(each.id) && hasButton('Edit')(each));
};
const pressing = (label: string | RegExp, name: string) => ({
  name,
  ready: async (scene: Scene) => {
    const card = await opening(scene);
    const [, id = ''] =
      Object.entries(buttonsOf(card)).find(([text]) => text.match(label) !== null) ?? [];
    return (who: Scene['ann']) => who.click(card, id);
  },
});

test('everything about a beginning is answered, whoever asks and wherever', () =>
  everyWay([
    {
      name: '/start',
      refused: true,
      ready:
        async ({ channel }) =>
        (who) =>
          who.command(channel, 'start', WENNA),
    },
    pressing('Edit', 'Edit'),
    {
      name: 'the form of an opening',
      ready: async (scene) => {
        const card = await opening(scene);
        const { id, values } = await formAfter(press(scene.ann, card, 'Edit'));
        return (who) => who.submit(id, { ...values, place: 'The third arch' });
      },
    },
    pressing(/Keep playing|Cancel/, 'Cancel'),
    pressing(/^Begin|begin with/, 'Begin'),
  ]));
