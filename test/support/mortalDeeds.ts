import type { APIMessage } from 'discord.js';
import { MessageFlags } from 'discord.js';
import { expect } from 'vitest';
import { expectAgreement, repliesIn, spokenIn } from './agreement.ts';
import type { Deed, Ground } from './mortalHouse.ts';
import { WENNA } from './playhouse.ts';
import { buttonsOf } from './tavern.ts';

const PATIENCE = { timeout: 10_000 };
const hasButton = (label: string) => (message: APIMessage) => label in buttonsOf(message);
const isDivider = ({ content }: APIMessage) => content.includes('down to this line');
const press = async ({ ann }: Ground, message: APIMessage, label: string) => {
  await ann.click(message, buttonsOf(message)[label] ?? '');
};

/** What people and characters said, as everyone sees it. */
const speech = ({ sandbox, channel }: Ground): string[] =>
  sandbox
    .allMessages(channel)
    .filter(({ content, embeds }) => content !== '' && embeds.length === 0)
    .map(({ content }) => content.slice(0, 20))
    .filter((content) => !content.startsWith('-# '));

const typesIn = ({ store, channel }: Ground): string[] =>
  store.load(`chat:${store.chatIn(channel)}`).map(({ type }) => type);

/** A story of three exchanges, taken back to the first. */
async function rewound(ground: Ground): Promise<APIMessage> {
  const { ann, channel } = ground;
  await ground.begin();
  for (const at of ['0', '1', '2']) await ground.exchange(`Said ${at}.`, `Answer ${at}.`);
  const to = ground.ann.messages(channel).find(({ content }) => content === 'Answer 0.');
  await ann.menu(channel, 'Rewind to here', to?.id ?? '');
  await press(ground, await ann.waitFor(channel, hasButton('Rewind')), 'Rewind');
  return await ann.waitFor(channel, hasButton('Undo'));
}
const LEFT = ['Said 1.', 'Answer 1.', 'Said 2.', 'Answer 2.'];

/** Nothing is taken away before the story moves on; then all that left is, and nothing else. */
const removal: Deed = {
  name: 'what left the story is taken away',
  async ready(ground) {
    await rewound(ground);
    const { ann, channel, store, sandbox } = ground;
    return {
      act: () => ann.say(channel, 'Instead.'),
      check() {
        const said = speech(ground);
        const heard = store
          .load(`chat:${store.chatIn(channel)}`)
          .some((event) => event.type === 'UserSpoke' && event.payload.text === 'Instead.');
        const stays = ['Said 0.', 'Answer 0.', ...(heard ? [] : LEFT), 'Instead.'];
        expect(said.slice(1, 1 + stays.length)).toEqual(stays);
        expect(said.length).toBe(1 + stays.length + (heard ? 1 : 0));
        expect(sandbox.allMessages(channel).filter(isDivider).length).toBe(heard ? 0 : 1);
        expect(typesIn(ground)).not.toContain('TurnRemoved');
        if (heard) expectAgreement(sandbox, store, channel);
      },
    };
  },
};

const undoing: Deed = {
  name: 'a rewind is taken back',
  async ready(ground) {
    const line = await rewound(ground);
    const { channel, sandbox, store } = ground;
    const dividers = () => sandbox.allMessages(channel).filter(isDivider).length;
    const all = ['Said 0.', 'Answer 0.', ...LEFT];
    return {
      act: () => press(ground, line, 'Undo'),
      async check() {
        expect(speech(ground).slice(1)).toEqual(all);
        const moves = () => typesIn(ground).filter((type) => type === 'HeadMoved').length;
        expect(dividers()).toBe(moves() === 2 ? 0 : 1);
        if (moves() === 1) await press(ground, line, 'Undo');
        await expect.poll(dividers, PATIENCE).toBe(0);
        await ground.rest();
        expect(moves()).toBe(2);
        expect(speech(ground).slice(1)).toEqual(all);
        expectAgreement(sandbox, store, channel);
      },
    };
  },
};

const branching: Deed = {
  name: 'a branch is opened',
  async ready(ground) {
    const { ann, channel, store, sandbox } = ground;
    await ground.begin();
    await ground.exchange('Said 0.', 'Answer 0.');
    const chat = store.chatIn(channel) ?? '';
    return {
      act: () => ann.command(channel, 'branch'),
      check() {
        const branches = store.family(chat).length - 1;
        expect(branches).toBeLessThan(2);
        expect(ground.threads().length).toBe(branches);
        for (const thread of ground.threads()) {
          expect(store.family(chat)).toContain(store.chatIn(thread));
          const cards = sandbox.allMessages(thread).filter(({ embeds }) => embeds.length > 0);
          expect(cards.length).toBe(1);
        }
        expectAgreement(sandbox, store, channel);
      },
    };
  },
};

const roomOf = (where: 'thread' | 'private'): Deed => ({
  name: `a story begins in a room of its own: ${where}`,
  async ready(ground) {
    const { ann, channel, store, sandbox } = ground;
    await ann.command(channel, 'new', { where, ...WENNA });
    const card = await ann.waitFor(channel, hasButton('Begin'));
    const id = (buttonsOf(card).Begin ?? '').split(':').at(-1) ?? '';
    return {
      act: () => press(ground, card, 'Begin'),
      check() {
        const rooms = ground.threads();
        expect(rooms.length).toBe(store.chat(id) === null ? 0 : 1);
        for (const room of rooms) {
          expect(store.chatIn(room)).toBe(id);
          const cards = sandbox.allMessages(room).filter(({ embeds }) => embeds.length > 0);
          expect(cards.length).toBe(1);
          expectAgreement(sandbox, store, room);
          expect(JSON.stringify(sandbox.allMessages(room))).toContain('half-door');
        }
      },
    };
  },
});

const kickoff: Deed = {
  name: 'a story begins',
  async ready(ground) {
    const { ann, channel, store, sandbox } = ground;
    await ann.command(channel, 'start', WENNA);
    const card = await ann.waitFor(channel, hasButton('Begin'));
    const cards = () =>
      sandbox
        .allMessages(channel)
        .filter(({ embeds, flags }) => embeds.length > 0 && flags !== MessageFlags.Ephemeral);
    return {
      act: () => press(ground, card, 'Begin'),
      async check() {
        if (store.chatIn(channel) === null) await press(ground, card, 'Begin');
        await expect.poll(() => speech(ground).length, PATIENCE).toBe(1);
        await ground.rest();
        expect(speech(ground).length).toBe(1);
        expect(cards().length).toBe(1);
        expectAgreement(sandbox, store, channel);
      },
    };
  },
};

const opening: Deed = {
  name: 'an opening is looked at',
  async ready(ground) {
    const { ann, channel, store } = ground;
    return {
      act: () => ann.command(channel, 'start', WENNA),
      async check() {
        expect(store.chatIn(channel)).toBeNull();
        const known = ann.messages(channel).find(hasButton('Begin'));
        if (known === undefined) await ann.command(channel, 'start', WENNA);
        await press(ground, await ann.waitFor(channel, hasButton('Begin')), 'Begin');
        await expect.poll(() => speech(ground).length, PATIENCE).toBe(1);
      },
    };
  },
};

let cards = 0;
const importing: Deed = {
  name: 'a character comes in from a card',
  async ready({ ann, channel, store, sandbox }) {
    cards += 1;
    const name = `Tam ${cards}`;
    const json = {
      name,
      description: 'Keeps bees.',
      personality: '',
      scenario: '',
      first_mes: 'Mind.',
      mes_example: '',
    };
    const file = {
      name: 'card.json',
      type: 'application/json',
      base64: Buffer.from(JSON.stringify(json)).toString('base64'),
    };
    await ann.command(channel, 'character import', { file });
    const card = await ann.waitFor(channel, hasButton('Add'));
    const authored = () =>
      store
        .load(`home:${sandbox.guild}`)
        .filter((event) => event.type === 'CharacterAuthored' && event.payload.sheet.name === name);
    const add = () => ann.click(card, buttonsOf(card).Add ?? '');
    return {
      act: add,
      async check() {
        expect(authored().length).toBeLessThan(2);
        if (authored().length === 0) await add();
        await expect.poll(() => authored().length, PATIENCE).toBe(1);
      },
    };
  },
};

/** Presses a button under the newest reply. */
const pressing = (label: 'Regenerate' | 'Continue' | '◀'): Deed => ({
  name: `${label} is pressed`,
  async ready(ground) {
    const { ann, channel, sandbox, store, models } = ground;
    await ground.begin();
    models.script({ text: 'Answer 0.', ...(label === 'Continue' && { finish: 'length' }) });
    await ann.say(channel, 'Said 0.');
    let reply = await ann.waitFor(channel, hasButton('Regenerate'));
    if (label === '◀') {
      models.script('Another.');
      await press(ground, reply, 'Regenerate');
      reply = await ann.waitFor(
        channel,
        (message) => message.content === 'Another.' && label in buttonsOf(message),
      );
    }
    return {
      act: () => press(ground, reply, label),
      check() {
        expect(speech(ground).length).toBe(3);
        if (label !== 'Continue') return expectAgreement(sandbox, store, channel);
        // What it went on with stands in the same message.
        const told = repliesIn(store, channel).slice(1);
        expect(spokenIn(sandbox, channel).at(-1)?.content).toBe(
          told.map(({ text }) => text).join(' '),
        );
      },
    };
  },
});

const LONG = `${'LONG one. '.repeat(260)}End.`;
const deleting: Deed = {
  name: 'a message of a reply is deleted',
  async ready(ground) {
    const { channel, sandbox, store } = ground;
    await ground.begin();
    ground.models.script(LONG);
    await ground.ann.say(channel, 'Said 0.');
    await ground.ann.waitFor(channel, ({ content }) => content.endsWith('End.'));
    await ground.rest();
    const parts = () =>
      sandbox.allMessages(channel).filter(({ content }) => content.includes('LONG'));
    const [first] = parts();
    return {
      act: async () => sandbox.controls.deleteMessages(channel, [first?.id ?? '']),
      check() {
        if (typesIn(ground).includes('TurnRemoved')) expect(parts()).toEqual([]);
        else expect(parts().length).toBe(1);
        expect(store.jobs().filter(({ kind }) => kind === 'deliver')).toEqual([]);
      },
    };
  },
};

/** Everything that may be cut off. */
export const DEEDS: readonly Deed[] = [
  removal,
  undoing,
  branching,
  roomOf('thread'),
  roomOf('private'),
  kickoff,
  opening,
  importing,
  pressing('Regenerate'),
  pressing('Continue'),
  pressing('◀'),
  deleting,
];
