import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authored } from '../support/authored.ts';
import { digestOf, memoryOf } from '../support/chronicle.ts';
import { formAfter } from '../support/forms.ts';
import { stepped } from '../support/modelServer.ts';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

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

test('asked for in direct messages it is everywhere, with what they made; what is being said ends first, and others are heard after it', async () => {
  const path = fileIn();
  const scene = await inTavern({ path });
  const { house, ann, bob, tavern, models, store } = scene;
  const mine = await authored(house, ann, {
    name: 'Quillon',
    persona: 'Has a tarncastle of his own.',
    greeting: 'Welcome.',
    kickoff: 'The tarncastle at night.',
  });
  models.script('One.');
  await ann.command(tavern, 'start', { character: mine });
  await pressBegin(ann, tavern);
  await ann.waitFor(tavern, ({ author }) => author.username.includes('Quillon'));
  const said = (content: string, channel = tavern) =>
    ann.waitFor(channel, (each) => each.content === content && !('Stop' in buttonsOf(each)));
  await ann.say(tavern, 'The moth sleeps in a lampshade.');
  await said('One.');
  await ann.command(tavern, 'save', { name: 'the lampshade' });
  await ann.waitFor(tavern, ({ content }) => content.includes('is kept as'));
  await ann.command(tavern, 'chat rename', { name: 'A lampshade story' });
  await ann.command(tavern, 'branch');
  const { content } = await ann.waitFor(tavern, (each) => each.content.includes('begins in <#'));
  const thread = /<#(\d+)>/.exec(content)?.[1] ?? '';
  models.script('Two.');
  await ann.say(thread, 'In the branch it is a candlestick.');
  await said('Two.', thread);
  const direct = (await ann.openDirectMessage()).id;
  models.script('Three.');
  await ann.command(direct, 'start', WENNA);
  await pressBegin(ann, direct);
  await ann.say(direct, 'Between us: an inkbottle.');
  await ann.waitFor(direct, (each) => each.content.endsWith('Three.'));

  await ann.command(direct, 'privacy export');
  const given = await ann.waitFor(direct, ({ attachments }) => attachments.length > 0);
  const text = await (await fetch(given.attachments[0]?.url ?? '')).text();
  for (const own of ['lampshade', 'candlestick', 'inkbottle', 'tarncastle']) {
    expect(text).toContain(own);
  }

  const steps = stepped();
  const before = models.requests.length;
  models.script({ text: 'I hear of it again and again.', steps }, 'Four.');
  await bob.say(tavern, 'Quillon, tell me of your windmill.');
  await models.request(before);
  steps.next(2);
  await ann.waitFor(tavern, (each) => each.content.startsWith('I hear'));
  const form = await formAfter(ann.command(direct, 'privacy erase', { characters: 'remove' }));
  await ann.submit(form.id, { word: 'erase' });
  await bob.say(tavern, 'Are you listening?');
  await ann.waitFor(direct, (each) => each.content.startsWith('What was yours is erased'));
  steps.rest();
  await said('Four.');

  const gone = /lampshade|candlestick|inkbottle|tarncastle/;
  expect(gone.exec(bytesOf(path))?.[0]).toBeUndefined();
  expect(bytesOf(path)).toContain('windmill');
  const chat = store.chatIn(tavern) ?? '';
  const { lines } = await house.bot.troupe.nextPrompt(chat, mine);
  expect(JSON.stringify(lines)).toContain('Are you listening?');
  expect(await bob.autocomplete(tavern, 'start', 'character', { character: 'Quillon' })).toEqual(
    [],
  );
  await expect.poll(() => store.jobs().filter(({ kind }) => /digest/.test(kind))).toEqual([]);
  const asked = models.classifications.slice(-1).map(({ body }) => JSON.stringify(body));
  expect(asked.join(' ')).not.toMatch(gone);
  // A branch goes on, too.
  models.script('Five.');
  await bob.say(thread, 'And here?');
  await said('Five.', thread);
  await house.restart();
  expect(gone.exec(bytesOf(path))?.[0]).toBeUndefined();
});
