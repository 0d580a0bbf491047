import { expect, test } from 'vitest';
import { DESMOND, WENNA } from '../support/playhouse.ts';
import { asked, buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

test('a named point is found by name, returned to, and left again by undo', async () => {
  const { ann, tavern, begin, models, settled, store } = await inTavern();
  await begin();
  models.script('One.', 'Two.');
  await ann.say(tavern, 'First.');
  await settled('One.');
  const chat = store.chatIn(tavern) ?? '';
  const head = () => store.chat(chat)?.head;
  const saved = head();
  await ann.command(tavern, 'save', { name: 'before the storm' });
  await ann.waitFor(tavern, ({ content }) => content.includes('before the storm'));
  await ann.command(tavern, 'save', { name: 'before the storm' });
  await ann.waitFor(tavern, ({ content }) => content.includes('has this name already'));
  await ann.say(tavern, 'Second.');
  await settled('Two.');
  const later = head();
  const found = await ann.autocomplete(tavern, 'load', 'name', { name: 'storm' });
  expect(found).toEqual([{ name: 'before the storm', value: 'before the storm' }]);
  await ann.command(tavern, 'load', { name: 'before the storm' });
  const line = await ann.waitFor(tavern, (message) => 'Undo' in buttonsOf(message));
  expect(head()).toBe(saved);
  await ann.command(tavern, 'rewind', { undo: true });
  await expect.poll(head).toBe(later);
  // The story stands elsewhere by now: the button says so.
  await ann.click(line, buttonsOf(line).Undo ?? '');
  await ann.waitFor(tavern, (message) => 'The story has moved on' in buttonsOf(message));
});

test('a reset takes its name typed; the next message replays the kickoff, and nothing of before is known', async () => {
  const { ann, tavern, begin, models, settled, store, house } = await inTavern();
  const greeting = await begin();
  models.script('One.', 'Anew.');
  await ann.say(tavern, 'My SECRET.');
  await settled('One.');
  const chat = store.chatIn(tavern) ?? '';
  const submit = async (name: string) => {
    const form = await ann.command(tavern, 'reset', WENNA);
    if (form.kind !== 'modal') throw new Error(`no form came, but ${form.kind}`);
    await ann.submit(form.modal, { name });
  };
  await submit('Wenda');
  await ann.waitFor(tavern, ({ content }) => content.includes('the name does not match'));
  expect(store.chat(chat)?.head).not.toBeNull();
  await submit(' wenna Tarrant');
  await ann.waitFor(tavern, (message) => 'Undo' in buttonsOf(message));
  expect(store.chat(chat)?.head).toBeNull();
  await house.restart();
  await ann.say(tavern, 'Good evening.');
  await settled('Anew.');
  expect(asked(house, 1)).not.toContain('SECRET');
  expect(asked(house, 1)).toContain(greeting.content.slice(0, 20));
  expect(ann.messages(tavern).filter(({ content }) => content === greeting.content)).toHaveLength(
    1,
  );
});

test('a point that lies in a branch is gone on with from there, in another branch, begun once', async () => {
  const { ann, tavern, begin, models, settled, store } = await inTavern();
  await begin();
  await ann.command(tavern, 'branch');
  const { content } = await ann.waitFor(tavern, (each) => each.content.includes('begins in <#'));
  const thread = /<#(\d+)>/.exec(content)?.[1] ?? '';
  models.script('One.');
  await ann.say(thread, 'Only in the branch.');
  await settled('One.', thread);
  await ann.command(thread, 'save', { name: 'over there' });
  await ann.waitFor(thread, (each) => each.content.includes('over there'));
  await ann.command(tavern, 'load', { name: 'over there' });
  const offer = await ann.waitFor(tavern, (message) => 'Branch off there' in buttonsOf(message));
  const press = () => ann.click(offer, buttonsOf(offer)['Branch off there'] ?? '');
  await Promise.all([press(), press()]);
  const begun = await ann.waitFor(
    tavern,
    (each) => each.content.includes('begins in <#') && !each.content.includes(thread),
  );
  const second = store.chatIn(/<#(\d+)>/.exec(begun.content)?.[1] ?? '') ?? '';
  expect(store.transcript(second, 5).at(-1)?.text).toBe('One.');
  expect(store.family(store.chatIn(tavern) ?? '')).toHaveLength(3);
});

test('where several play, one begins anew and no other, and by Undo knows again what it knew', async () => {
  const { ann, tavern, models, store, house } = await inTavern();
  await ann.command(tavern, 'start', { ...WENNA, with: DESMOND.character });
  await pressBegin(ann, tavern);
  await ann.waitFor(tavern, ({ author }) => author.username.includes('Wenna'));
  const say = async (text: string, answer: string) => {
    models.script(answer);
    await ann.say(tavern, text);
    await ann.waitFor(tavern, (each) => each.content === answer && !buttonsOf(each).Stop);
    return asked(house, house.models.requests.length - 1);
  };
  await say('Wenna, my SECRET.', 'One.');
  const form = await ann.command(tavern, 'reset', WENNA);
  if (form.kind !== 'modal') throw new Error(`no form came, but ${form.kind}`);
  await ann.submit(form.modal, { name: 'Wenna Tarrant' });
  const line = await ann.waitFor(tavern, (message) => 'Undo' in buttonsOf(message));
  const chat = store.chatIn(tavern) ?? '';
  expect(store.chat(chat)?.head).not.toBeNull();
  const known = async (who: string) =>
    JSON.stringify((await house.bot.troupe.nextPrompt(chat, who)).lines);
  expect(await known(WENNA.character)).not.toContain('SECRET');
  expect(await known(DESMOND.character)).toContain('SECRET');
  await ann.click(line, buttonsOf(line).Undo ?? '');
  await ann.waitFor(tavern, ({ id, components }) => id === line.id && components?.length === 0);
  expect(await known(WENNA.character)).toContain('SECRET');
  expect(await say('Wenna, again.', 'Two.')).toContain('SECRET');
});
