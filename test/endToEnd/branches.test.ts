import { describe, expect, test } from 'vitest';
import { asked, buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const threadIn = (content: string): string => /<#(\d+)>/.exec(content)?.[1] ?? '';

describe('/branch', () => {
  test('opens a thread that shares everything up to there and nothing after', async () => {
    const { ann, tavern, begin, models, house, sandbox, store, settled } = await inTavern();
    await begin();
    models.script('The first answer.', 'The second answer.', 'Elsewhere.');
    await ann.say(tavern, 'The first question.');
    const first = await settled('The first answer.');
    await ann.say(tavern, 'CANARY question.');
    await settled('The second answer.');

    await ann.menu(tavern, 'Branch from here', first.id);
    const answer = await ann.waitFor(tavern, ({ content }) => content.includes('begins in <#'));
    const thread = /<#(\d+)>/.exec(answer.content)?.[1] ?? '';
    const card = await ann.waitFor(thread, ({ embeds }) => embeds.length > 0);
    expect(card.embeds[0]?.description).toContain(`/${tavern}/${first.id})`);
    expect(card.embeds[0]?.description).toContain('The first answer.');
    expect(card.embeds[0]?.description).not.toContain('second');
    expect(store.chatIn(thread)).not.toBeNull();

    await ann.say(thread, 'And now?');
    const reply = await settled('Elsewhere.', thread);
    expect(reply.author.username).toBe('Wenna Tarrant');
    expect(asked(house, 2)).toContain('The first question.');
    expect(asked(house, 2)).not.toContain('CANARY');
    expect(sandbox.allMessages(tavern).some(({ content }) => content === 'Elsewhere.')).toBe(false);
  });

  test('goes on with what it shares in a message of its own, and leaves where that stands alone', async () => {
    const { ann, tavern, begin, models, house, sandbox, settled } = await inTavern();
    await begin();
    models.script('The answer.', 'And more of it.');
    await ann.say(tavern, 'A question.');
    const { id } = await settled('The answer.');
    await ann.menu(tavern, 'Branch from here', id);
    const told = await ann.waitFor(tavern, ({ content }) => content.includes('begins in <#'));
    const thread = threadIn(told.content);
    await ann.waitFor(thread, ({ embeds }) => embeds.length > 0);
    await ann.command(thread, 'continue');
    await settled('And more of it.', thread);
    expect(asked(house, 1)).toContain('Go on exactly where');
    expect(sandbox.allMessages(tavern).find((each) => each.id === id)?.content).toBe('The answer.');
  });

  test('from a post opens a post, from a private thread a private one, lines left behind included', async () => {
    const { ann, tavern, begin, models, sandbox, settled } = await inTavern();
    const post = (await ann.createPost(sandbox.channel('tales'), 'A tale', 'Once.')).id;
    await begin(post);
    models.script('Left behind.');
    await ann.say(post, 'A question.');
    const left = await settled('Left behind.', post);
    await ann.command(post, 'rewind', { to: '2' });
    const card = await ann.waitFor(post, (each) => 'Rewind' in buttonsOf(each));
    await ann.click(card, buttonsOf(card).Rewind ?? '');
    await ann.waitFor(post, ({ content }) => content.includes('takes the story back'));
    await ann.menu(post, 'Branch from here', left.id);
    const told = await ann.waitFor(post, ({ content }) => content.includes('begins in <#'));
    const sibling = threadIn(told.content);
    const first = await ann.waitFor(sibling, ({ embeds }) => embeds.length > 0);
    expect(first.id).toBe(sibling);
    expect(first.embeds[0]?.description).toContain('Left behind.');

    await ann.command(tavern, 'new', { where: 'private', character: 'character:wenna-tarrant' });
    await pressBegin(ann, tavern);
    const begun = await ann.waitFor(tavern, ({ content }) => content.includes('begins in <#'));
    const hidden = threadIn(begun.content);
    await ann.waitFor(hidden, ({ author }) => author.username === 'Wenna Tarrant');
    await ann.command(hidden, 'branch');
    const beside = await ann.waitFor(hidden, ({ content }) => content.includes('begins in <#'));
    const channels = ann.view().guilds.flatMap((each) => each.channels);
    const types = [sibling, hidden, threadIn(beside.content)].map(
      (thread) => channels.find(({ id }) => id === thread)?.type,
    );
    expect(types).toEqual([11, 12, 12]);
  });

  test('in direct messages waits, and the button takes it up there', async () => {
    const { ann, begin, models, store } = await inTavern();
    const direct = (await ann.openDirectMessage()).id;
    await begin(direct);
    const first = store.chatIn(direct);
    await ann.command(direct, 'branch');
    const told = await ann.waitFor(direct, (each) => 'Take it up here' in buttonsOf(each));
    await ann.click(told, buttonsOf(told)['Take it up here'] ?? '');
    await ann.waitFor(direct, ({ content }) => content.includes('takes up **'));
    expect(store.chatIn(direct)).not.toBe(first);
    models.script('On the other branch.');
    await ann.say(direct, 'Where are we?');
    await ann.waitFor(direct, ({ content }) => content.includes('On the other branch.'));
  });

  test('whose thread was opened as the answer was lost, or as the process died, has that one thread', async () => {
    const { ann, tavern, begin, house, sandbox, store } = await inTavern();
    await begin();
    const opening = { method: 'POST', path: /\/channels\/\d+\/threads$/ };
    const looking = { method: 'GET', path: /\/threads\/active$/ };
    const threads = () =>
      ann
        .view()
        .guilds[0]?.channels.filter(({ type }) => type === 11)
        .map(({ id }) => id) ?? [];
    sandbox.faults.drop(opening, 'after');
    await ann.command(tavern, 'branch');
    await ann.waitFor(tavern, ({ content }) => content.includes('begins in <#'));
    expect(threads()).toHaveLength(1);

    sandbox.faults.drop(opening, 'after');
    sandbox.faults.drop(looking, 'before', { times: 10 });
    await ann.command(tavern, 'branch');
    await ann.waitFor(tavern, ({ content }) => content.includes('went wrong'));
    house.logged.splice(0);
    sandbox.faults.clear();
    expect(store.storylines(sandbox.guild).filter(({ channel }) => channel === null)).toHaveLength(
      1,
    );
    await house.restart();
    expect(store.storylines(sandbox.guild).filter(({ channel }) => channel === null)).toEqual([]);
    expect(threads()).toHaveLength(2);
    for (const thread of threads()) {
      expect(ann.messages(thread).filter(({ embeds }) => embeds.length > 0)).toHaveLength(1);
      expect(store.chatIn(thread)).not.toBeNull();
    }
    expect(store.jobs().filter(({ kind }) => kind === 'room')).toEqual([]);
  });
});
