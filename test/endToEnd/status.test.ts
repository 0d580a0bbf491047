import { type APIMessage, ComponentType, MessageFlags } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { inTavern } from '../support/tavern.ts';

const isEphemeral = ({ flags }: APIMessage) => flags === MessageFlags.Ephemeral;
const fieldsOf = ({ embeds }: APIMessage): Record<string, string> =>
  Object.fromEntries(embeds[0]?.fields?.map(({ name, value }) => [name, value]) ?? []);
const selectOf = ({ components }: APIMessage) => {
  const [row] = components ?? [];
  const [select] = row?.type === ComponentType.ActionRow ? row.components : [];
  if (select?.type !== ComponentType.StringSelect) throw new Error('there is nothing to pick');
  return select;
};

test('whoever manages the server sees how Troupe runs, and what a model got wrong in its own words', async () => {
  const { models, ann, bob, tavern, begin, settled, store, bot, sandbox } = await inTavern();
  models.scriptClassifier('I would rather not. ```Ostend```', 'Nor this time.');
  await begin();
  models.script('A button will do.');
  await ann.say(tavern, 'I have come from Ostend.');
  await settled('A button will do.');
  await vi.waitFor(() => expect(store.classifierFailures(9)).toHaveLength(2), 5_000);
  // What went wrong in another home is nobody's to see here.
  const [failure] = store.classifierFailures(1);
  if (failure === undefined) throw new Error('nothing went wrong');
  store.noteClassifierFailure({ ...failure, chat: 'elsewhere', raw: 'a secret of others' });

  await bob.command(tavern, 'status');
  const short = await bob.waitFor(tavern, isEphemeral);
  expect(short.content).toBe('All is well. Stories can be played.');
  expect(short.embeds).toEqual([]);

  await ann.command(tavern, 'status');
  const card = await ann.waitFor(tavern, ({ embeds }) => embeds[0]?.title === 'All is well');
  expect(isEphemeral(card)).toBe(true);
  const fields = fieldsOf(card);
  expect(fields.Running).toMatch(/^Troupe \d+\.\d+\.\d+, since <t:\d+:R>\n.*`test-model`/);
  expect(fields['To do']).toBe('nothing');
  expect(fields['Given up']).toBeUndefined();
  expect(fields['Last backup']).toContain('npm run backup');
  const wrong = fields['What the reading model got wrong lately'] ?? '';
  expect(wrong.split('\n')).toEqual(
    Array(2).fill(
      expect.stringMatching(/<t:\d+:R> what happened: .+ \(`test-model`, \d attempts?\)/),
    ),
  );
  const select = selectOf(card);
  expect(select.options).toHaveLength(2);
  await ann.select(card, select.custom_id, [select.options[1]?.value ?? '']);
  const said = await ann.waitFor(
    tavern,
    ({ embeds }) => embeds[0]?.title === 'What the model said',
  );
  expect(isEphemeral(said)).toBe(true);
  expect(said.embeds[0]?.description).toContain("\n```\nI would rather not. '''Ostend'''\n```");

  // By its number it is nobody's either, and without the right nothing is.
  const { status } = bot.troupe;
  const manager = {
    person: 'user:1',
    managesChannels: true,
    managesServer: true,
    roles: [],
  } as const;
  const foreign = store.classifierFailures(1)[0]?.id ?? 0;
  expect(status.failure(sandbox.guild, manager, foreign)).toBeNull();
  const guest = { ...manager, managesServer: false };
  const own = Number(select.options[0]?.value);
  expect(() => status.failure(sandbox.guild, guest, own)).toThrow('not-allowed');
  expect(status.failure(sandbox.guild, manager, own)?.raw).toBe('Nor this time.');
});

test('work that was given up is shown with its reason, and is well for nobody', async () => {
  const { ann, bob, tavern, begin, store, bot } = await inTavern();
  await begin();
  const chat = bot.troupe.storyIn(tavern)?.chat ?? '';
  const job = { kind: 'summary', chat, node: 'gone' } as const;
  store.enqueue([job]);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    store.take(job, Number.MAX_SAFE_INTEGER, 0);
    store.putBack(job, 0, 'The model is down');
  }
  await ann.command(tavern, 'status');
  const card = await ann.waitFor(
    tavern,
    ({ embeds }) => embeds[0]?.title === 'Something needs a look',
  );
  expect(fieldsOf(card)['Given up']).toBe(
    '1 scene to sum up\nWhy: The model is down\nAll of it is tried again when Troupe is started again.',
  );
  await bob.command(tavern, 'status');
  const short = await bob.waitFor(tavern, isEphemeral);
  expect(short.content).toMatch(/^Something is not as it should be/);
});
