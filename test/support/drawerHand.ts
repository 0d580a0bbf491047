import { type APIMessage, ComponentType } from 'discord.js';
import { expect } from 'vitest';
import type { Actor } from '../../src/sandbox/index.ts';
import { buttonsOf } from './tavern.ts';

/** Custom ids and values of what a message's menus offer, by label. */
export function optionsOf({ components }: APIMessage) {
  const found: Record<string, { readonly id: string; readonly value: string }> = {};
  for (const row of components ?? []) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const each of row.components) {
      if (each.type !== ComponentType.StringSelect) continue;
      for (const { label, value } of each.options) found[label] = { id: each.custom_id, value };
    }
  }
  return found;
}

/** What a message says, as one text. */
export const saidBy = ({ content, embeds }: APIMessage): string =>
  [
    content,
    ...embeds.flatMap(({ title, description, fields = [], footer }) => [
      title,
      description,
      ...fields.flatMap(({ name, value }) => [name, value]),
      footer?.text,
    ]),
  ].join('\n');

/** One person's drawer, worked by hand: each step resolves with the drawer as it is then. */
export async function openDrawer(who: Actor, channel: string, tab?: string) {
  const before = new Set(who.messages(channel, { limit: 100 }).map(({ id }) => id));
  await who.command(channel, 'drawer', tab === undefined ? {} : { tab });
  const first = await who.waitFor(
    channel,
    ({ id, embeds }) =>
      !before.has(id) && /Story|story|Full view/.test(embeds[0]?.footer?.text ?? ''),
  );
  const { id } = first;
  let last = first;
  const see = async (fits: (message: APIMessage) => boolean, since: string | null = '') => {
    last = await who.waitFor(
      channel,
      (message) => message.id === id && message.edited_timestamp !== since && fits(message),
    );
    return last;
  };
  /** When it was shown last: a step is over once it is shown anew. */
  const shown = () => last.edited_timestamp;
  const says = (text: string | RegExp) => (message: APIMessage) =>
    typeof text === 'string' ? saidBy(message).includes(text) : text.test(saidBy(message));
  return {
    id,
    get now() {
      return last;
    },
    see: (text: string | RegExp) => see(says(text)),
    fits: (fits: (message: APIMessage) => boolean) => see(fits),
    /** Picks what a menu offers under a label that begins so. */
    pick: async (label: string, text: string | RegExp) => {
      const offered = optionsOf(last);
      const found = Object.keys(offered).find((each) => each.startsWith(label)) ?? '';
      const { id: menu, value } = offered[found] ?? { id: '', value: '' };
      expect(value, `${label} among ${Object.keys(offered)}`).not.toBe('');
      const since = shown();
      await who.select(last, menu, [value]);
      return see(says(text), since);
    },
    press: async (label: string, text: string | RegExp) => {
      const since = shown();
      const result = await who.click(last, buttonsOf(last)[label] ?? label);
      expect(result.kind).not.toBe('failed');
      return see(says(text), since);
    },
    /** Presses what opens a form, and sends that filled in. */
    fill: async (label: string, values: Record<string, string>, text: string | RegExp) => {
      const result = await who.click(last, buttonsOf(last)[`${label} …`] ?? label);
      if (result.kind !== 'modal') throw new Error(`${label}: ${JSON.stringify(result)}`);
      const since = shown();
      await who.submit(result.modal, values);
      return see(says(text), since);
    },
    click: (label: string) => who.click(last, buttonsOf(last)[label] ?? label),
  };
}
