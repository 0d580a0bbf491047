import { type APIMessage, ComponentType } from 'discord.js';
import type { Actor } from '../../src/sandbox/people/actor.ts';
import { openPlayhouse, type Playhouse, WENNA } from './playhouse.ts';

/** What a model was asked, as text, by request. */
export const asked = (house: Playhouse, index: number): string =>
  JSON.stringify(house.models.requests[index]?.body.messages ?? []);

/** The playhouse with a person in its tavern, and the few things that most tests do there. */
export async function inTavern(options?: Parameters<typeof openPlayhouse>[0]) {
  const house = await openPlayhouse(options);
  const [first = '', second = ''] = Object.keys(house.sandbox.people);
  const ann = house.sandbox.as(first);
  const tavern = house.sandbox.channel('tavern');
  /** Begins a story and resolves with its greeting. */
  const begin = async (channel = tavern, who = WENNA) => {
    await ann.command(channel, 'start', who);
    await pressBegin(ann, channel);
    return ann.waitFor(channel, ({ author, content }) =>
      /Wenna|Desmond/.test(author.username + content),
    );
  };
  /** A reply that is whole: its text is there, and it can no longer be stopped. */
  const settled = (content: string, channel = tavern) =>
    ann.waitFor(channel, (message) => message.content === content && !buttonsOf(message).Stop);
  return { ...house, house, ann, bob: house.sandbox.as(second), tavern, begin, settled };
}

/** Begins the story whose opening a person is looking at. */
export async function pressBegin(person: Actor, channel: string): Promise<void> {
  const isOpening = (message: APIMessage) => Boolean(beginButton(message));
  const card = await person.waitFor(channel, isOpening);
  await person.click(card, beginButton(card) ?? '');
}

const beginButton = (message: APIMessage): string | undefined =>
  Object.entries(buttonsOf(message)).find(([label]) => /^Begin$|begin with/.test(label))?.[1];

/** Custom ids of a message's buttons, by label. */
export function buttonsOf(message: APIMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (const row of message.components ?? []) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const each of row.components) {
      if (each.type === ComponentType.Button && 'custom_id' in each)
        found[each.label ?? ''] = each.custom_id;
    }
  }
  return found;
}
