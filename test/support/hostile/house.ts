import { ButtonStyle, ComponentType, Routes, type TextChannel } from 'discord.js';
import { ActError, type Actor, type ActResult } from '../../../src/sandbox/index.ts';
import { WENNA } from '../playhouse.ts';
import { inTavern, pressBegin } from '../tavern.ts';
import type { Kind, Place } from './calls.ts';
import type { Payload } from './spoil.ts';

const CARRIER = 'carrier';
const EVERYONES = ['speak', 'start', 'regenerate', 'branch', 'author-characters'] as const;

interface Packet {
  t: string | null;
  d: Payload;
}

/** A place whose every word is known again wherever it turns up. */
export interface MarkedPlace extends Place {
  /** In what was said, remembered, saved; of what was whispered; of the story's name. */
  readonly marks: { readonly words: string; readonly whisper: string; readonly name: string };
}

/**
 * Two servers with two stories each, and one in Ann's direct messages. All is Ann's, each with words of its
 * own; Bob sees the channels and may do nothing at all.
 * @param count of the stories, in that order
 */
export async function openHostileHouse(count = 5) {
  const tavern = await inTavern({ sandbox: { rateLimits: 'off' } });
  const { house, sandbox, ann, bob, models, store } = tavern;
  const { client, troupe } = house.bot;
  const second = sandbox.controls.createGuild('Elsewhere', ['harbour', 'garden']);
  const channelIn = (name: string) =>
    ann
      .view()
      .guilds.flatMap(({ channels }) => channels)
      .find((each) => each.name === name)?.id ?? '';
  const where = [
    { guild: sandbox.guild, channel: tavern.tavern },
    { guild: sandbox.guild, channel: sandbox.channel('lighthouse') },
    { guild: second, channel: channelIn('harbour') },
    { guild: second, channel: channelIn('garden') },
    { guild: null, channel: (await ann.openDirectMessage()).id },
  ];
  const by = {
    person: `user:${ann.id}`,
    managesChannels: true,
    managesServer: true,
    roles: [],
  };
  const places: MarkedPlace[] = [];
  for (const [index, { guild, channel }] of where.slice(0, count).entries()) {
    await ann.command(channel, 'start', WENNA);
    await pressBegin(ann, channel);
    await ann.waitFor(channel, ({ author, content }) => /Wenna/.test(author.username + content));
    const words = `wordmark${index}z`;
    models.script(`It is ${words}.`);
    const said = await ann.say(channel, 'First.');
    await tavern.settled(`It is ${words}.`, channel).catch(() => undefined);
    const chat = store.chatIn(channel) ?? '';
    const command = (nth: number) => ({
      command: String(10n ** 17n + BigInt(index * 10 + nth)),
      by,
    });
    const whisper = `whispermark${index}z`;
    models.script(`Hush, ${whisper}.`);
    const asked = { chat, ...command(0), name: 'Ann', to: WENNA.character, text: whisper };
    await troupe.whispers.whisper(asked);
    await troupe.travel.save(chat, `save ${words}`, command(1));
    const name = `Story namemark${index}z`;
    await troupe.storylines.rename(chat, name, command(2));
    const turn = store.turnOfMessage(said.id);
    places.push({
      guild,
      channel,
      chat,
      node: turn?.node ?? '',
      message: said.id,
      save: `save ${words}`,
      marks: { words, whisper, name: `namemark${index}z` },
    });
  }
  for (const home of [sandbox.guild, second]) {
    const role = sandbox.controls.createRole(home, 'Player');
    sandbox.controls.setRoles(home, ann.id, [role]);
    for (const right of EVERYONES) {
      troupe.settings.grant(home, right, [role], { command: `grant-${home}-${right}`, by });
    }
  }

  let change: ((payload: Payload) => Payload) | null = null;
  let asModal = false;
  client.prependListener('raw' as never, (packet: Packet) => {
    if (packet.t !== 'INTERACTION_CREATE') return;
    if (asModal) {
      // Opens a form whose submission carries the payload: the bot never hears of it.
      asModal = false;
      packet.t = 'NOTHING';
      const input = { type: 4, custom_id: 'text', style: 1, required: false };
      const data = {
        custom_id: CARRIER,
        title: CARRIER,
        components: [{ type: 18, label: CARRIER, component: input }],
      };
      const route = Routes.interactionCallback(String(packet.d.id), String(packet.d.token));
      client.rest.post(route, { body: { type: 9, data }, auth: false }).catch(() => undefined);
      return;
    }
    if (change !== null) packet.d = change(packet.d);
    change = null;
  });

  const carriers = new Map<string, APIMessageRef>();
  /** A message of the bot's with a button that stands for any other. */
  async function carrierIn(channel: string): Promise<APIMessageRef> {
    const known = carriers.get(channel);
    const live = ann.messages(channel, { limit: 100 }).find(({ id }) => id === known?.id);
    if (known !== undefined && JSON.stringify(live?.components ?? []).includes(CARRIER))
      return known;
    const button = {
      type: ComponentType.Button as const,
      style: ButtonStyle.Primary as const,
      label: CARRIER,
      custom_id: CARRIER,
    };
    const into = (await client.channels.fetch(channel)) as TextChannel;
    const sent = await into.send({
      content: CARRIER,
      components: [{ type: 1, components: [button] }],
    });
    const made = { id: sent.id, channel_id: channel };
    carriers.set(channel, made);
    return made;
  }

  /** Sends a payload that is made from what Discord would have sent; resolves with the first answer. */
  async function send(
    kind: Kind,
    who: Actor,
    channel: string,
    make: (payload: Payload) => Payload,
  ): Promise<ActResult | null> {
    const act = {
      slash: () => who.command(channel, 'help'),
      menu: () => who.command(channel, 'help'),
      typing: () =>
        who.act({
          kind: 'autocomplete',
          channel,
          path: ['start'],
          options: [],
          focused: 'character',
        }),
      press: async () => who.click(await carrierIn(channel), CARRIER),
      form: async () => {
        const carrier = await carrierIn(channel);
        asModal = true;
        const opened = await who.click(carrier, CARRIER);
        if (opened.kind !== 'modal') throw new Error(`no form came, but ${opened.kind}`);
        change = make;
        return who.submit(opened.modal, { text: '' });
      },
    }[kind];
    if (kind === 'press') await carrierIn(channel);
    if (kind !== 'form') change = make;
    try {
      return await act();
    } catch (error) {
      if (error instanceof ActError) return null;
      throw error;
    }
  }

  /** What stands in every log: as long as it is the same, nothing has happened. */
  const state = (): string => {
    const homes = [sandbox.guild, second, `dm-${ann.id}`, `dm-${bob.id}`];
    const streams = homes.flatMap((home) => [
      `home:${home} ${store.load(`home:${home}`).length}`,
      ...store.storylines(home).map(({ chat, channel }) => {
        const known = store.chat(chat);
        return `chat:${chat} ${known?.version} ${known?.head} ${channel}`;
      }),
    ]);
    return streams.sort().join('\n');
  };
  /** Resolves when nothing that was begun goes on: the state has been the same for a while. */
  const still = async () => {
    for (let [known, times] = ['', 0]; times < 6; times = state() === known ? times + 1 : 0) {
      known = state();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  await still();
  return { ...tavern, places, send, state, still, by };
}

interface APIMessageRef {
  readonly id: string;
  readonly channel_id: string;
}
