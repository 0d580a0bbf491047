import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { offlineModel } from '../../src/llm/offlineModel.ts';
import { formAfter, press } from '../support/forms.ts';
import { DESMOND, WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const isEphemeral = ({ flags }: APIMessage) => flags === MessageFlags.Ephemeral;
const opens = (message: APIMessage) => 'Begin' in buttonsOf(message);
const isWelcome = ({ embeds }: APIMessage) => embeds[0]?.title === 'Troupe is here';

test('from a server that has just added the bot to a story with a reply in six interactions at most', async () => {
  const { house, ann, models, sandbox } = await inTavern();
  models.script('Then you owe me a button.');
  let interactions = 0;
  const acting = <T>(act: Promise<T>): Promise<T> => {
    interactions += 1;
    return act;
  };
  const guild = sandbox.controls.createGuild('Elsewhere', [{ name: 'rules' }, { name: 'hall' }]);
  const [rules = '', hall = ''] = channelsOf(ann, guild);
  const welcome = await ann.waitFor(rules, isWelcome);
  for (const path of ['start', 'persona set', 'settings']) {
    expect(welcome.embeds[0]?.description).toMatch(new RegExp(`</${path}:\\d+>`));
  }
  await acting(ann.command(hall, 'start', WENNA));
  const card = await ann.waitFor(hall, opens);
  await acting(press(ann, card, 'Begin'));
  const offer = await ann.waitFor(hall, (each) => 'Set' in buttonsOf(each));
  const form = await formAfter(acting(press(ann, offer, 'Set')));
  await acting(ann.submit(form.id, { ...form.values, pronouns: 'she/her' }));
  await ann.waitFor(hall, ({ content }) => content.includes('from your next message on'));
  await acting(ann.say(hall, 'I have come from Ostend.'));
  await ann.waitFor(hall, ({ content }) => content === 'Then you owe me a button.');
  expect(interactions).toBeLessThanOrEqual(6);

  // Never twice, also when Discord tells of the server anew after a restart.
  await house.restart();
  const { client } = house.bot;
  const known = await client.guilds.fetch(guild);
  client.emit('guildCreate', known);
  await ann.command(hall, 'help');
  await ann.waitFor(hall, (each) => isEphemeral(each) && each.embeds[0]?.title === 'Troupe');
  expect(sandbox.allMessages(rules).filter(isWelcome)).toHaveLength(1);
  expect(sandbox.allMessages(hall).filter(isWelcome)).toEqual([]);
});

function channelsOf(ann: Awaited<ReturnType<typeof inTavern>>['ann'], guild: string): string[] {
  const found = ann.view().guilds.find((each) => each.guild.id === guild);
  return (found?.channels ?? []).map(({ id }) => id);
}

test('the same from an imported card', async () => {
  const { ann, models, sandbox } = await inTavern();
  models.script('They like you.');
  const acts: Promise<unknown>[] = [];
  const acting = <T>(act: Promise<T>): Promise<T> => {
    acts.push(act);
    return act;
  };
  const guild = sandbox.controls.createGuild('Elsewhere', [{ name: 'hall' }]);
  const [hall = ''] = channelsOf(ann, guild);
  const card = { name: 'Tam', description: 'Keeps bees.', first_mes: 'Mind the hive, {{user}}.' };
  const base64 = Buffer.from(JSON.stringify(card)).toString('base64');
  const file = { name: 'tam.json', type: 'application/json', base64 };
  await acting(ann.command(hall, 'character import', { file }));
  await acting(press(ann, await ann.waitFor(hall, (each) => 'Add' in buttonsOf(each)), 'Add'));
  await ann.waitFor(hall, ({ content }) => content.includes('is ready'));
  await acting(ann.command(hall, 'start', { character: 'Tam' }));
  await acting(press(ann, await ann.waitFor(hall, opens), 'Begin'));
  await ann.waitFor(hall, ({ content }) => content === 'Mind the hive, Ada.');
  await acting(ann.say(hall, '*holds very still* Do they bite?'));
  await ann.waitFor(hall, ({ content }) => content === 'They like you.');
  expect(acts.length).toBeLessThanOrEqual(6);
});

test('what is missing is said with what mends it: a permission, a character, a model', async () => {
  const { house, ann, tavern, sandbox, begin } = await inTavern({
    model: () => offlineModel({ pace: 0 }),
    env: { NARRATIVE_MODEL: 'offline', LLM_BASE_URL: undefined },
  });
  const told = (part: string) =>
    ann.waitFor(tavern, (each) => isEphemeral(each) && JSON.stringify(each).includes(part));
  sandbox.controls.deny(tavern, ['SendMessages']);
  await ann.command(tavern, 'start', WENNA);
  await told('the \\"Send Messages\\" permission in this channel');
  sandbox.controls.allow(tavern, ['SendMessages']);

  // No model: it says so, how to connect one, and only once; what answers is labelled.
  await begin();
  await told('NARRATIVE_MODEL');
  const opening = sandbox.allMessages(tavern).find(({ embeds }) => embeds[0]?.footer);
  expect(opening?.embeds[0]?.footer?.text).toContain('Offline model');
  await ann.command(tavern, 'start', DESMOND);
  const again = await ann.waitFor(tavern, (each) => 'Keep playing' in buttonsOf(each));
  await press(ann, again, 'Put it away, begin with Desmond Achterberg');
  await ann.waitFor(tavern, ({ author }) => author.username === 'Desmond Achterberg');
  expect(
    ann.messages(tavern).filter(({ content }) => content.includes('NARRATIVE_MODEL')),
  ).toHaveLength(1);

  const by = { person: `user:${ann.id}`, managesChannels: true, managesServer: true, roles: [] };
  const { troupe } = house.bot;
  for (const { id } of troupe.characters(sandbox.guild, '')) {
    troupe.casting.retire(sandbox.guild, id, { by, command: `retire-${id}` });
  }
  await ann.command(tavern, 'start', WENNA);
  const nobody = await told('Nobody is here to play with');
  expect(nobody.embeds[0]?.description).toMatch(
    /<\/character create:\d+>.*<\/character import:\d+>/,
  );
});
