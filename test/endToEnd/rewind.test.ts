import { type APIMessage, MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const isEphemeral = ({ flags }: { flags?: number }) => flags === MessageFlags.Ephemeral;
const asksToRewind = (message: APIMessage) =>
  isEphemeral(message) && 'Rewind' in buttonsOf(message);

describe('rewind', () => {
  test('shows what goes, takes the story back, says who did, and is undone until the story moves on', async () => {
    const { ann, tavern, begin, store, models, settled, sandbox } = await inTavern();
    await begin();
    models.script('One.', 'Two.', 'Three.');
    await ann.say(tavern, 'First.');
    await settled('One.');
    const second = await ann.say(tavern, 'Second.');
    const reply = await settled('Two.');
    const chat = store.chatIn(tavern) ?? '';
    const head = () => store.chat(chat)?.head;
    const before = head();
    await ann.menu(tavern, 'Rewind to here', second.id);
    const card = await ann.waitFor(tavern, asksToRewind);
    expect(card.embeds[0]?.fields?.[0]?.value).toContain('1 message');
    expect(head()).toBe(before);
    const confirm = buttonsOf(card).Rewind ?? '';
    await Promise.all([ann.click(card, confirm), ann.click(card, confirm)]);
    const line = await ann.waitFor(tavern, ({ content }) =>
      content.includes('takes the story back'),
    );
    expect(line.content).toContain(`<@${ann.id}>`);
    expect(
      sandbox.allMessages(tavern).filter(({ content }) => content === line.content),
    ).toHaveLength(1);
    const rewound = head();
    expect(rewound).not.toBe(before);
    await ann.click(line, buttonsOf(line).Undo ?? '');
    await ann.waitFor(tavern, ({ content }) => content.includes('takes that back'));
    expect(head()).toBe(before);
    expect(reply.content).toBe('Two.');
  });
});
