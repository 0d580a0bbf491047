import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { digestOf, memoryOf } from '../support/chronicle.ts';
import { formAfter } from '../support/forms.ts';
import { WENNA } from '../support/playhouse.ts';
import { inTavern } from '../support/tavern.ts';

const fileIn = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-privacy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'troupe.db');
};

const bytesOf = (path: string): string =>
  ['', '-wal', '-erasures']
    .filter((end) => existsSync(path + end))
    .map((end) => readFileSync(path + end, 'latin1'))
    .join(' ');

test('a person is given what is theirs, and has it erased: it is in no file, no prompt and no view, and others play on', async () => {
  const path = fileIn();
  const { house, ann, bob, tavern, begin, models, settled, store } = await inTavern({ path });
  await begin();
  const form = await formAfter(ann.command(tavern, 'persona set'));
  await ann.submit(form.id, { name: 'Annabel', pronouns: '', description: 'Keeps a wrenfeather.' });
  await ann.waitFor(tavern, ({ content }) => content.includes('**Annabel** from your next'));
  models.script('One.', 'Two.', 'Three.', 'Four.');
  models.scriptClassifier(
    digestOf({
      memories: [memoryOf('Wenna Tarrant', 'Annabel hid the goldfinch.')],
      relationships: [
        {
          from: 'Wenna Tarrant',
          to: 'Annabel',
          affinity: 3,
          trust: 1,
          facts: ['Owns a goldfinch'],
        },
      ],
    }),
    digestOf({ memories: [memoryOf('Wenna Tarrant', 'Bob polished the brassgong.')] }),
  );
  await ann.say(tavern, 'I hid the goldfinch in the clock.');
  await settled('One.');
  await bob.say(tavern, 'I polished the brassgong.');
  await settled('Two.');
  await expect.poll(() => store.owed(['digest'])).toEqual([]);
  const chat = store.chatIn(tavern) ?? '';
  const remembered = () =>
    store.memories(chat, WENNA.character, { words: null, after: -1, limit: 50 });
  expect(remembered().map(({ text }) => text)).toContain('Annabel hid the goldfinch.');

  await ann.command(tavern, 'privacy export');
  const given = await ann.waitFor(tavern, ({ attachments }) => attachments.length > 0);
  const text = await (await fetch(given.attachments[0]?.url ?? '')).text();
  const records: { record: string; what?: string }[] = JSON.parse(text);
  expect(new Set(records.map(({ record }) => record))).toEqual(
    new Set(['person', 'did', 'story', 'remembered', 'relationship', 'counted']),
  );
  for (const own of ['Keeps a wrenfeather.', 'in the clock.', 'Annabel hid the goldfinch.']) {
    expect(text).toContain(own);
  }
  expect(text).not.toContain('I polished');

  const ask = async (word: string) => {
    const asked = await formAfter(ann.command(tavern, 'privacy erase', {}));
    await ann.submit(asked.id, { word });
  };
  await ask('keep');
  await ann.waitFor(tavern, ({ content }) => content.startsWith('Nothing was erased'));
  expect(bytesOf(path)).toContain('goldfinch');
  await ask(' Erase');
  await ann.waitFor(tavern, ({ content }) => content.startsWith('What was yours is erased'));
  const traces = () => /goldfinch|wrenfeather|Annabel|in the clock/.exec(bytesOf(path))?.[0];
  expect(traces()).toBeUndefined();
  expect(bytesOf(path)).toContain('brassgong');
  const promptNow = async () => {
    const { system, lines } = await house.bot.troupe.nextPrompt(chat, WENNA.character);
    return system + JSON.stringify(lines);
  };
  const prompt = await promptNow();
  expect(prompt).not.toMatch(/goldfinch|wrenfeather|Annabel/);
  expect(prompt).toContain('I polished the brassgong.');
  const standing = { managesChannels: true, managesServer: true, roles: [] };
  const viewer = { standing: { ...standing, person: `user:${bob.id}` }, sees: () => true };
  const [story] = house.bot.troupe.storylines.list(house.sandbox.guild, viewer);
  const names = story?.participants.map(({ name }) => name);
  expect(names).toContain('Someone');
  expect(names).not.toContain('Annabel');

  // What comes later is new, and stays.
  await ann.say(tavern, 'Good evening, I am somebody else.');
  await settled('Three.');
  await house.restart();
  await bob.say(tavern, 'And who is that?');
  await settled('Four.');
  expect(await promptNow()).toContain('somebody else');
  expect(traces()).toBeUndefined();
  expect(remembered().map(({ text }) => text)).not.toContain('Annabel hid the goldfinch.');
});
