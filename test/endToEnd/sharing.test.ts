import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { digestOf, materialOf, memoryOf } from '../support/chronicle.ts';
import { press } from '../support/forms.ts';
import { WENNA } from '../support/playhouse.ts';
import { asked, buttonsOf, inTavern, pressBegin } from '../support/tavern.ts';

const WENNA_NAME = 'Wenna Tarrant';
const LAMP = 'What do you know of the brass lantern?';
const shown = ({ content, embeds }: APIMessage) => content + JSON.stringify(embeds);
const isHidden = ({ flags }: APIMessage) => flags === MessageFlags.Ephemeral;

test('a character brings up elsewhere what was said openly, where that is switched on and everyone there could have read it', async () => {
  const house = await inTavern({
    server: {
      // Whatever has a canary in it is remembered.
      answer: (request) => {
        const canaries = JSON.stringify(materialOf(request)).match(/canary\d/g);
        const text = `Has seen the brass lantern, ${canaries?.[0]}.`;
        return canaries === null
          ? digestOf()
          : digestOf({ memories: [memoryOf(WENNA_NAME, text)] });
      },
    },
  });
  const { ann, bob, tavern, begin, models, settled, store, sandbox } = house;
  const lighthouse = sandbox.channel('lighthouse');
  const third = Object.keys(sandbox.people)[2];
  let replies = 0;
  /** Says something, and resolves with what the model was asked and the reply to it. */
  const talk = async (who: typeof ann, channel: string, text: string) => {
    replies += 1;
    const said = `Reply ${replies}.`;
    models.script(said);
    await who.say(channel, text);
    const reply = await settled(said, channel);
    return { prompt: asked(house.house, models.requests.length - 1), reply };
  };
  const remembers = (channel: string, canary: string) =>
    expect
      .poll(() => {
        const everything = { words: null, after: -1, limit: 9 };
        const chat = store.chatIn(channel) ?? '';
        return JSON.stringify(store.memories(chat, WENNA.character, everything));
      })
      .toContain(canary);
  await begin();
  await begin(lighthouse);
  await talk(ann, lighthouse, 'A lantern of brass hangs on the stair tonight, canary1 on it.');
  await remembers(lighthouse, 'canary1');
  models.script('*nods*');
  await ann.command(lighthouse, 'whisper', {
    to: WENNA.character,
    text: 'Between us, it was canary2 who took the other one and sank it off the pier.',
  });
  await ann.waitFor(lighthouse, ({ content }) => content.includes('*nods*'));
  await remembers(lighthouse, 'canary2');
  await ann.command(lighthouse, 'new', { where: 'private', ...WENNA });
  await pressBegin(ann, lighthouse);
  const room = () =>
    store
      .storylines(sandbox.guild)
      .find(({ channel }) => ![tavern, lighthouse, null].includes(channel));
  await expect.poll(room).toBeDefined();
  const thread = room()?.channel ?? '';
  await talk(ann, thread, 'The brass lantern is mine, canary3 says so, but keep it to yourself.');
  await remembers(thread, 'canary3');

  // Off by default, and switched by whoever may rewrite the character.
  expect((await talk(bob, tavern, LAMP)).prompt).not.toContain('canary');
  await bob.command(tavern, 'character show', WENNA);
  const looked = await bob.waitFor(tavern, (each) => shown(each).includes('Each story by itself'));
  expect(buttonsOf(looked)).toEqual({});
  await bob.command(tavern, 'character share', { ...WENNA, stories: 'shared' });
  await bob.waitFor(tavern, ({ content }) => content.includes('"Manage Server" may do that'));
  await ann.command(tavern, 'character show', WENNA);
  const card = await ann.waitFor(tavern, (each) => 'Let stories meet' in buttonsOf(each));
  await press(ann, card, 'Let stories meet');
  await ann.waitFor(tavern, (each) => 'Keep stories apart' in buttonsOf(each));
  const told = await bob.waitFor(tavern, ({ content }) => content.includes('in one story what'));
  expect(isHidden(told)).toBe(false);
  expect(told.content).toContain(`<@${ann.id}> lets **Wenna Tarrant**`);

  // Nothing that was whispered, or said in a private thread.
  const { prompt, reply } = await talk(bob, tavern, LAMP);
  expect(prompt).toContain('no part of this one');
  expect(prompt).toContain('Has seen the brass lantern, canary1.');
  expect(prompt).not.toMatch(/canary[23]/);
  const chat = store.chatIn(tavern) ?? '';
  const tab = house.house.bot.troupe.drawer.memories(
    chat,
    { owner: null, words: null, page: 0 },
    { kind: 'full' },
  );
  expect(tab.items).toEqual([]);

  // Its receipt is read by who was there.
  const why = async (who: typeof ann) => {
    await who.menu(tavern, 'Why this reply?', reply.id);
    return shown(await who.waitFor(tavern, (each) => shown(each).includes('from another story')));
  };
  expect(await why(bob)).not.toMatch(/canary|lantern/);
  expect(await why(ann)).toContain('Has seen the brass lantern, canary1.');
  await ann.command(tavern, 'context');
  const next = await ann.waitFor(tavern, ({ embeds }) =>
    /would read now/.test(embeds[0]?.title ?? ''),
  );
  expect(shown(next)).toContain('canary1');
  await bob.command(sandbox.channel('rehearsal-room'), 'start', WENNA);
  const opening = await bob.waitFor(
    sandbox.channel('rehearsal-room'),
    ({ embeds }) => embeds.length > 0,
  );
  expect(shown(opening)).toContain('may bring up here what happened in other stories');

  // Who reads along may change, and so may minds.
  sandbox.controls.deny(lighthouse, ['ViewChannel'], third);
  expect((await talk(bob, tavern, LAMP)).prompt).not.toContain('canary');
  sandbox.controls.allow(lighthouse, ['ViewChannel'], third);
  expect((await talk(bob, tavern, LAMP)).prompt).toContain('canary1');
  await ann.command(tavern, 'character share', { ...WENNA, stories: 'apart' });
  await bob.waitFor(tavern, ({ content }) => content.includes('keep each story to itself'));
  expect((await talk(bob, tavern, LAMP)).prompt).not.toContain('canary');
});
