import { describe, expect, test } from 'vitest';
import { WENNA } from '../support/playhouse.ts';
import { asked, buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const threadIn = (content: string): string => /<#(\d+)>/.exec(content)?.[1] ?? '';

describe('the stories of a server', () => {
  test('are never seen, switched to or exported from another', async () => {
    const { ann, bob, tavern, begin, sandbox, store } = await inTavern();
    const lighthouse = sandbox.channel('lighthouse');
    const other = sandbox.controls.createGuild('Elsewhere', [{ name: 'hall' }, { name: 'attic' }]);
    const there = (name: string) =>
      ann
        .view()
        .guilds.find(({ guild }) => guild.id === other)
        ?.channels.find((channel) => channel.name === name)?.id ?? '';
    const named: Record<string, string> = {
      [tavern]: 'CANARY tavern',
      [lighthouse]: 'CANARY lighthouse',
      [there('hall')]: 'CANARY hall',
      [there('attic')]: 'CANARY attic',
    };
    for (const [channel, name] of Object.entries(named)) {
      await begin(channel);
      await ann.command(channel, 'chat rename', { name });
      await ann.waitFor(channel, ({ content }) => content.includes(name));
    }
    // One of each waits.
    for (const channel of [lighthouse, there('attic')]) {
      await ann.command(channel, 'chat archive');
      const question = await ann.waitFor(channel, (each) => 'Put it away' in buttonsOf(each));
      await ann.click(question, buttonsOf(question)['Put it away'] ?? '');
      await ann.waitFor(channel, ({ content }) => content.includes('puts **'));
    }
    const sides = [
      { channel: tavern, own: ['tavern', 'lighthouse'], foreign: ['hall', 'attic'] },
      { channel: there('hall'), own: ['hall', 'attic'], foreign: ['tavern', 'lighthouse'] },
    ];
    const waits: Record<string, string> = {};
    for (const { channel, own, foreign } of sides) {
      await ann.command(channel, 'chat list');
      const list = await ann.waitFor(channel, ({ embeds }) => embeds[0]?.title === 'Stories here');
      const choices = await ann.autocomplete(channel, 'chat switch', 'story', { story: '' });
      for (const name of own) expect(list.embeds[0]?.description).toContain(`CANARY ${name}`);
      for (const name of foreign) {
        expect(JSON.stringify([list.embeds, choices])).not.toContain(`CANARY ${name}`);
      }
      expect(choices.map(({ name }) => name)).toEqual([`CANARY ${own[1]}`]);
      waits[channel] = String(choices[0]?.value);
      await ann.command(channel, 'chat export');
      const exported = await ann.waitFor(channel, ({ attachments }) => attachments.length > 0);
      const text = await (await fetch(exported.attachments[0]?.url ?? '')).text();
      for (const name of foreign) expect(text).not.toContain(`CANARY ${name}`);
    }
    // An id or a name from elsewhere is nobody's.
    for (const story of [waits[there('hall')] ?? '', 'CANARY attic']) {
      const before = store.chatIn(tavern);
      await ann.command(tavern, 'chat switch', { story });
      await ann.waitFor(tavern, ({ content }) => content.includes('no such story'));
      expect(store.chatIn(tavern)).toBe(before);
    }
    // What waits is seen by those who took part in it, and by nobody else.
    expect(await bob.autocomplete(tavern, 'chat switch', 'story', { story: '' })).toEqual([]);
  });

  test('a story that is switched to goes on where it stood, and the other waits', async () => {
    const { ann, tavern, begin, models, house, settled, store } = await inTavern();
    await begin();
    const first = store.chatIn(tavern) ?? '';
    models.script('One.', 'Two.', 'Three.');
    await ann.say(tavern, 'CANARY of the first story.');
    await settled('One.');
    await ann.command(tavern, 'new', { where: 'private' });
    await pressBegin(ann, tavern);
    const begun = await ann.waitFor(tavern, ({ content }) => content.includes('begins in'));
    const thread = threadIn(begun.content);
    const opened = ann.view().guilds[0]?.channels.find(({ id }) => id === thread);
    expect(opened?.type).toBe(12);
    await ann.waitFor(thread, ({ author }) => author.username === 'Wenna Tarrant');
    const second = store.chatIn(thread) ?? '';
    await ann.say(thread, 'Of the second.');
    await settled('Two.', thread);
    expect(asked(house, 1)).not.toContain('CANARY');

    await ann.command(tavern, 'chat switch', { story: second });
    await ann.waitFor(tavern, ({ content }) => content.includes('in another channel'));
    await ann.command(thread, 'chat archive');
    const question = await ann.waitFor(thread, (each) => 'Put it away' in buttonsOf(each));
    await ann.click(question, buttonsOf(question)['Put it away'] ?? '');
    await ann.waitFor(thread, ({ content }) => content.includes('puts **'));
    await ann.command(tavern, 'chat switch', { story: second });
    const card = await ann.waitFor(tavern, ({ content }) => content.includes('takes up **'));
    expect(card.embeds[0]?.description).toContain('Of the second.');
    expect([store.chatIn(tavern), store.chatIn(thread)]).toEqual([second, null]);
    await ann.say(tavern, 'Again.');
    await settled('Three.');
    expect(asked(house, 2)).toContain('Of the second.');
    expect(asked(house, 2)).not.toContain('CANARY');
    await ann.command(tavern, 'chat list');
    const list = await ann.waitFor(tavern, ({ embeds }) => embeds[0]?.title === 'Stories here');
    expect(list.embeds[0]?.description).toMatch(/waits/);
    expect(store.chat(first)).not.toBeNull();
  });

  test('a story is read back from its export as it stands, in either form', async () => {
    const { ann, tavern, begin, models, settled } = await inTavern();
    await begin();
    models.script('CANARY.', { text: 'And so', finish: 'length' });
    await ann.say(tavern, '"Good evening." *sits down* ((brb <b>))');
    const reply = await settled('CANARY.');
    await ann.click(reply, buttonsOf(reply).Regenerate ?? '');
    await settled('And so');
    const read = async (form: string, extension: string) => {
      const from = ann.messages(tavern).at(-1)?.id ?? '';
      await ann.command(tavern, 'chat export', { form });
      const { attachments } = await ann.waitFor(
        tavern,
        (each) => each.attachments.length > 0 && BigInt(each.id) > BigInt(from),
      );
      expect(attachments.map(({ filename }) => filename)).toEqual([`story.${extension}`]);
      return await (await fetch(attachments[0]?.url ?? '')).text();
    };
    const markdown = await read('markdown', 'md');
    expect(markdown).toMatch(
      /^# Wenna Tarrant · .*\n\nWith Wenna Tarrant\n\n\*\*Wenna Tarrant\*\*\n\n/,
    );
    const [, ada = '', wenna = ''] = markdown.split(/(?=\*\*(?:Wenna Tarrant|Ada)\*\*\n)/).slice(1);
    expect(ada).toBe('**Ada**\n\n"Good evening." *sits down* <sub>((brb &lt;b>))</sub>\n\n');
    expect(wenna).toBe('**Wenna Tarrant**\n\nAnd so …\n\n');
    const json = JSON.parse(await read('json', 'json'));
    expect(json.characters).toEqual(['Wenna Tarrant']);
    expect(json.turns).toMatchObject([
      { name: 'Wenna Tarrant', kind: 'reply' },
      {
        by: `user:${ann.id}`,
        kind: 'user',
        segments: [
          { kind: 'dialogue', text: '"Good evening."' },
          { kind: 'action', text: 'sits down' },
          { kind: 'ooc', text: 'brb <b>' },
        ],
      },
      { kind: 'reply', truncated: true, segments: [{ kind: 'dialogue', text: 'And so' }] },
    ]);
    expect(`${markdown}${JSON.stringify(json)}`).not.toContain('CANARY');
  });

  test('a channel of its own, where the bot may make one; else it says what is missing', async () => {
    const { ann, tavern, begin, sandbox, store, house } = await inTavern();
    await begin();
    sandbox.controls.deny(tavern, [
      'ManageChannels',
      'CreatePublicThreads',
      'CreatePrivateThreads',
    ]);
    for (const [where, permission] of [
      ['channel', 'Manage Channels'],
      ['thread', 'Create Public Threads'],
      ['private', 'Create Private Threads'],
    ]) {
      await ann.command(tavern, 'new', { where: where ?? '' });
      await ann.waitFor(tavern, ({ content }) => content.includes(`"${permission}"`));
    }
    await ann.command(tavern, 'branch');
    await ann.waitFor(tavern, ({ content }) => content.includes('"Create Public Threads"'));
    expect(store.storylines(sandbox.guild)).toHaveLength(1);
    const { guild, controls } = sandbox;
    const role = controls.createRole(guild, 'Builder', ['ManageChannels', 'ManageWebhooks']);
    controls.setRoles(guild, house.bot.client.user?.id ?? '', [role]);
    await house.restart();
    const den = controls.createChannel(guild, { name: 'den', nsfw: true });
    for (const from of [tavern, den]) {
      await ann.command(from, 'new', { where: 'channel', ...WENNA });
      await pressBegin(ann, from);
      const begun = await ann.waitFor(from, ({ content }) => content.includes('begins in <#'));
      const opened = threadIn(begun.content);
      await ann.waitFor(opened, ({ author }) => author.username === 'Wenna Tarrant');
      // What only adults see stays among them.
      const shown = ann.view().guilds[0]?.channels.find(({ id }) => id === opened);
      expect(shown).toMatchObject({ nsfw: from === den });
    }
  });

  test('two stories that are taken up in one channel at the same moment: one is, and the other waits on', async () => {
    const { ann, tavern, begin, sandbox, store, house } = await inTavern();
    const { storylines } = house.bot.troupe;
    const by = { person: `user:${ann.id}`, managesChannels: true, managesServer: true, roles: [] };
    const waiting: string[] = [];
    for (const channel of [tavern, sandbox.channel('lighthouse')]) {
      await begin(channel);
      const chat = store.chatIn(channel) ?? '';
      await storylines.archive(chat, { command: `archive ${chat}`, by });
      waiting.push(chat);
    }
    const binding = { channel: tavern, guild: sandbox.guild };
    const asked = { home: sandbox.guild, viewer: { standing: by, sees: () => true } };
    const outcomes = await Promise.allSettled(
      waiting.map((chat) =>
        storylines.switchTo(chat, binding, { ...asked, command: `take ${chat}` }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'story-already-here' },
    });
    const played = store.storylines(sandbox.guild).filter(({ channel }) => channel !== null);
    expect(played.map(({ channel }) => channel)).toEqual([tavern]);
  });
});

describe('the settings of a story', () => {
  test('are set in forms, and a value out of range changes nothing', async () => {
    const { ann, tavern, begin, store } = await inTavern();
    await begin();
    const chat = store.chatIn(tavern) ?? '';
    await ann.command(tavern, 'chat settings');
    const card = await ann.waitFor(tavern, ({ embeds }) =>
      Boolean(embeds[0]?.title?.startsWith('Settings of')),
    );
    const fill = async (part: string, values: Record<string, string>) => {
      const opened = await ann.select(card, `1:set-part:${chat}`, [part]);
      if (opened.kind !== 'modal') throw new Error(opened.kind);
      await ann.submit(opened.modal, values);
    };
    const shows = (text: string) =>
      ann.waitFor(tavern, ({ embeds }) => JSON.stringify(embeds).includes(text));
    await fill('note', { note: 'It rains all day.', depth: '2' });
    await shows('2 messages from the end: It rains all day.');
    await fill('sampling', { temperature: '0.5', penalties: '0.1 0.2', stop: 'END\nSTOP' });
    await shows('temperature 0.5');
    await fill('budget', { soft: '2000', hard: '3000' });
    await shows('2000 tokens, 3000 at most');
    const set = () => store.load(`chat:${chat}`).filter(({ type }) => type === 'ChatConfigured');
    expect(set()).toHaveLength(3);
    await fill('sampling', { temperature: 'warm' });
    await ann.waitFor(tavern, ({ content }) => content.includes('"temperature"'));
    await fill('budget', { soft: '4000', hard: '3000' });
    await ann.waitFor(tavern, ({ content }) => content.includes('"hard"'));
    expect(set()).toHaveLength(3);
  });
});
